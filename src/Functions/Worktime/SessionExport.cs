using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime.Sessions;

namespace TraderHub.Functions.Worktime;

/// <summary>Writes sessions to a file page by page, so that their number does not matter.</summary>
internal sealed class SessionExport(ITimeSessionHistory history, SessionQuery query, IReadOnlyList<TimeSession> first, string format) : IResult
{
    private const int PageSize = 500;

    private const string Names = "id,repo_owner,repo_name,pr_number,start_time,end_time,duration_seconds,status,created_at,client_id\r\n";

    /// <summary>What it can be written as; the first is the default.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["csv", "json"];

    /// <summary>Reads the first page, so that what keeps it from being read is still an answer of its own.</summary>
    public static async Task<IResult> BeginAsync(ITimeSessionHistory history, SessionQuery query, string format, CancellationToken cancellationToken)
    {
        var paged = query with { Limit = PageSize };
        return new SessionExport(history, paged, await history.ReadAsync(paged, cancellationToken), format);
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = format == "csv" ? "text/csv; charset=utf-8" : "application/json; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"time-sessions.{format}\"";
        if (HttpMethods.IsHead(httpContext.Request.Method))
        {
            return;
        }

        await response.WriteAsync(format == "csv" ? Names : "[", httpContext.RequestAborted);
        var isFirst = true;
        var page = first;
        while (true)
        {
            await response.WriteAsync(Write(page.Take(PageSize), ref isFirst), httpContext.RequestAborted);
            if (page.Count <= PageSize)
            {
                break;
            }

            var last = page[PageSize - 1];
            page = await history.ReadAsync(query with { After = new TimeKey(last.CreatedAt, last.Id) }, httpContext.RequestAborted);
        }

        await response.WriteAsync(format == "csv" ? string.Empty : "]", httpContext.RequestAborted);
    }

    private string Write(IEnumerable<TimeSession> sessions, ref bool isFirst)
    {
        var text = new StringBuilder();
        foreach (var session in sessions.Select(SessionAnswer.Of))
        {
            if (format == "csv")
            {
                WriteLine(text, session);
            }
            else
            {
                text.Append(isFirst ? string.Empty : ",").Append(JsonSerializer.Serialize(session, WorktimeJson.Default.SessionAnswer));
            }

            isFirst = false;
        }

        return text.ToString();
    }

    private static void WriteLine(StringBuilder text, SessionAnswer session) => text.Append(
        CultureInfo.InvariantCulture,
        $"{session.Id},{Cell(session.RepoOwner)},{Cell(session.RepoName)},{session.PrNumber},{session.StartTime},{session.EndTime},{session.DurationSeconds},{session.Status},{session.CreatedAt},{Cell(session.ClientId)}\r\n");

    /// <summary>A text that spreadsheets take for a text, whatever it begins with (a formula would begin so).</summary>
    private static string Cell(string? text)
    {
        var safe = text is ['=' or '+' or '-' or '@', ..] ? $"'{text}" : text ?? string.Empty;
        return safe.AsSpan().ContainsAny(',', '"') ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}

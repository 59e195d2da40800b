using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Jobs;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Jobs;

/// <summary>The history of executions. Anybody may read it; error texts are for callers with the scope jobs:read.</summary>
public sealed class JobHistoryFunctions(IJobHistory history, JobLists lists, TimeProvider clock)
{
    private const string List = "jobs";

    private const int LongestText = 100;

    private const int LongestDuration = int.MaxValue;

    /// <summary>The executions, newest business date first; every filter that is given narrows the list.</summary>
    [Function(nameof(ListJobs))]
    [Access(Caller.Anybody, Knows = Caller.Program)]
    [Query<string>("type", "What kind of job.")]
    [Query<string>("status", "running, success, partial or failed.")]
    [Query<string>("report_type", "pre-market, intraday, end-of-day, weekly, sector-rotation or backfill.")]
    [Query<string>("symbol", "A symbol among the results; the case of stocks does not matter.")]
    [Query<NodaTime.LocalDate>("from", "The first business date.")]
    [Query<NodaTime.LocalDate>("to", "The first business date after it.")]
    [Query<string>(
        "q", "A part of the type, report, run id or metadata, or of the errors for callers who may read them; A to Z in either case.")]
    [Query<int>("min_duration", "The shortest time that it took, in milliseconds.")]
    [Query<int>("limit", "The most executions to answer, 1 to 500; 50 without it.")]
    [Query<string>("cursor", "The `next_cursor` of the page before; without it the list begins.")]
    [Returns<JobsAnswer>("A page of the history.")]
    [Fails(StatusCodes.Status400BadRequest, "The cursor is not of this list.", "CURSOR_NOT_VALID")]
    public async Task<IResult> ListJobs(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/jobs/history")] HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = RequestQuery.Read(request, query => ReadQuery(query, request.HasScope(Scopes.JobsRead)));
        if (asked.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        await lists.MarkAsync(request, cancellationToken);
        var page = await history.ReadAsync(asked.Value, cancellationToken);
        var next = page.Next is { } place ? Cursor.Write(List, place) : null;
        return Reply.Json(new JobsAnswer(true, page.Jobs.Count, page.Jobs, next, next is not null), JobsJson.Default.JobsAnswer);
    }

    /// <summary>The newest execution of a kind.</summary>
    [Function(nameof(GetLatestJob))]
    [Access(Caller.Anybody, Knows = Caller.Program)]
    [Query<string>("type", "What kind of job; analysis without it.")]
    [Query<string>("report_type", "With which report; any without it.")]
    [Returns<JobAnswer>("The execution.")]
    [Fails(StatusCodes.Status404NotFound, "There is none.", "NO_JOBS_FOUND")]
    public async Task<IResult> GetLatestJob(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/jobs/latest")] HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = RequestQuery.Read(
            request, query => (Type: query.Text("type", LongestText) ?? JobTypes.Analysis, Report: query.Choice("report_type", ReportTypes.All)));
        if (asked.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        await lists.MarkAsync(request, cancellationToken);
        var tooFarOff = BusinessDate.LastAt(clock.GetInstant()).PlusDays(1);
        var job = await history.FindLatestAsync(
            asked.Value.Type, asked.Value.Report, tooFarOff, request.HasScope(Scopes.JobsRead), cancellationToken);
        return job is null ? JobErrors.NoneFound.ToProblem() : Reply.Json(new JobAnswer(true, job), JobsJson.Default.JobAnswer);
    }

    private static JobHistoryQuery ReadQuery(RequestQuery query, bool withErrors)
    {
        var (from, to) = query.DateRange();
        return new JobHistoryQuery
        {
            JobType = query.Text("type", LongestText),
            Status = query.Word("status", JobStatuses.Parse, $"must be one of: {string.Join(", ", JobStatuses.All)}."),
            ReportType = query.Choice("report_type", ReportTypes.All),
            Symbol = query.Text("symbol", LongestText),
            From = from,
            To = to,
            Text = query.Text("q", LongestText),
            MinDurationMs = query.Number("min_duration", 0, LongestDuration),
            Limit = query.Limit(),
            After = query.After<JobHistoryKey>(List),
            WithErrors = withErrors,
        };
    }
}

using System.Net;
using System.Text.Json;
using TraderHub.Testing;

namespace TraderHub.Soak.Traffic;

/// <summary>
/// Those whom the hosts serve. A writer has a symbol of its own, whose prices rise and fall in turns, and asks one host for a verdict and the other one for what is stored: that
/// must be the verdict that was acknowledged. A reader asks for days that nobody writes: their answers must never change.
/// </summary>
internal sealed class Callers(IReadOnlyList<HttpClient> hosts, QuotesDouble quotes, ServedCalls calls, TimeProvider clock)
{
    private const string Report = "/api/v1/reports/pre-market";

    private readonly DateOnly yesterday = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-1);

    /// <summary>Writes until it is stopped.</summary>
    public async Task WriteAsync(int number, CancellationToken stop)
    {
        var symbol = $"W{(char)('A' + number)}";
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            AnswerPrices(symbol, rises: i % 2 == 0);
            var written = await calls.NoteAsync(isWrite: true, () => AskAsync(hosts[i % 2], HttpMethod.Post, $"/api/v1/sentiment/analysis?symbols={symbol}"));
            if (written is null)
            {
                // Whether it was stored is not known; the next one tells.
                continue;
            }

            var read = await calls.NoteAsync(isWrite: false, () => AskAsync(hosts[(i + 1) % 2], HttpMethod.Get, Report));
            if (read is not null && DirectionOf(read, "report", "all_signals", symbol) is var found && found != DirectionOf(written, "data", "signals", symbol))
            {
                calls.Complain($"lost: the verdict on {symbol} was acknowledged, and {found} is read");
            }
        }
    }

    /// <summary>Reads until it is stopped.</summary>
    public async Task ReadAsync(IReadOnlyList<DateOnly> days, int number, CancellationToken stop)
    {
        var known = new Dictionary<DateOnly, string>();
        for (var i = number; !stop.IsCancellationRequested; i++)
        {
            var day = days[i * 7 % days.Count];
            var read = await calls.NoteAsync(isWrite: false, () => AskAsync(hosts[i % 2], HttpMethod.Get, $"{Report}?date={day:yyyy-MM-dd}"));
            if (read is not null && !known.TryAdd(day, read) && known[day] != read)
            {
                calls.Complain($"changed: {day:yyyy-MM-dd} was {known[day]}, and is {read}");
            }
        }
    }

    /// <summary>The answer; null for a refusal that is announced: a 503 with a code, that says when to come again.</summary>
    private async Task<string?> AskAsync(HttpClient host, HttpMethod method, string path)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            using var response = await host.SendAsync(request);
            var answer = await response.Content.ReadAsStringAsync();
            if (response.IsSuccessStatusCode)
            {
                return answer;
            }

            if (response.StatusCode != HttpStatusCode.ServiceUnavailable || response.Headers.RetryAfter is null)
            {
                calls.Complain($"failed: {method} {path} was answered with {(int)response.StatusCode} {answer}");
            }
        }
        catch (HttpRequestException exception)
        {
            calls.Complain($"failed: {method} {path}: {exception.Message}");
        }

        return null;
    }

    private void AnswerPrices(string symbol, bool rises) => quotes.AnswerPrices(
        symbol, yesterday, [.. Enumerable.Range(0, 250).Select(day => rises ? 100m + (day * 0.4m) : 300m - (day * 0.4m))]);

    private static string? DirectionOf(string answer, string part, string list, string symbol)
    {
        using var document = JsonDocument.Parse(answer);
        return document.RootElement.GetProperty(part).GetProperty(list).EnumerateArray()
            .FirstOrDefault(signal => signal.GetProperty("symbol").GetString() == symbol) is { ValueKind: JsonValueKind.Object } found
                ? found.GetProperty("direction").GetString()
                : null;
    }
}

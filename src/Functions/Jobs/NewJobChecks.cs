using System.Text.Json;
using NodaTime;
using TraderHub.Core.Jobs;
using TraderHub.Core.Jobs.Quotes;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Jobs;

/// <summary>Reads what a program sends as an execution, with every problem of its values.</summary>
internal static class NewJobChecks
{
    private const int LongestWord = 64;

    private static readonly IReadOnlyList<string> Ends = [.. JobStatuses.All.Skip(1)];

    /// <summary>The execution; only worth something when no problem was noted.</summary>
    public static NewJob Read(NewJobBody body, Instant now, FieldErrors errors)
    {
        var date = IsoTimes.ParseDate(body.ExecutionDate);
        var last = BusinessDate.LastAt(now);
        var status = JobStatuses.Parse(body.Status);
        Check(
            date >= BusinessDate.First && date <= last,
            "execution_date",
            $"must be a business date such as 2026-11-20, from {BusinessDate.First.ToIso()} to tomorrow's, {last.ToIso()}.");
        Check(status is not null and not JobStatus.Running, "status", $"must be one of: {string.Join(", ", Ends)}.");
        Check(IsWord(body.JobType), "job_type", $"must have 1 to {LongestWord} visible characters.");
        Check(
            body.ReportType is null || ReportTypes.All.Contains(body.ReportType), "report_type", $"must be one of: {string.Join(", ", ReportTypes.All)}.");
        CheckCount(body.ExecutionTimeMs, "execution_time_ms");
        CheckCount(body.SymbolsProcessed, "symbols_processed");
        CheckCount(body.SymbolsSuccessful, "symbols_successful");
        CheckCount(body.SymbolsFallback, "symbols_fallback");
        CheckCount(body.SymbolsFailed, "symbols_failed");
        Check(body.Metadata?.IsObject ?? true, "metadata", "must be an object.");
        var texts = ReadTexts(body.Errors);
        Check(texts is not null, "errors", "must be a text or a list of texts.");
        var results = (body.Results ?? []).Select((result, index) => ReadResult(result, $"results[{index}]", errors)).ToList();

        var day = date ?? default;
        return new NewJob(body.JobType, day, body.ReportType, NewJob.CreateRunId(day, body.ReportType ?? body.JobType), status ?? default, now)
        {
            ExecutionTimeMs = body.ExecutionTimeMs,
            Symbols = new(body.SymbolsProcessed, body.SymbolsSuccessful, body.SymbolsFallback, body.SymbolsFailed),
            Errors = texts ?? [],
            Metadata = body.Metadata?.Text,
            TriggerSource = JobTriggers.Program,
            Results = results,
        };

        void CheckCount(long? count, string field) => Check(count is null or >= 0, field, "must not be negative.");

        void Check(bool isRight, string field, string problem)
        {
            if (!isRight)
            {
                errors.Add(field, problem);
            }
        }
    }

    private static NewJobResult ReadResult(NewResultBody body, string path, FieldErrors errors)
    {
        Check(ResultTypes.All.Contains(body.ResultType), "result_type", $"must be one of: {string.Join(", ", ResultTypes.All)}.");
        CheckWord(body.Symbol, "symbol");
        CheckWord(body.Sentiment, "sentiment");
        CheckWord(body.Direction, "direction");
        Check(body.Confidence is null or (>= 0 and <= 1), "confidence", "must be from 0 to 1.");
        Check(body.Signals?.IsList ?? true, "signals", "must be a list.");
        return new NewJobResult(body.ResultType)
        {
            Symbol = MarketSymbol.TryParse(body.Symbol, out var symbol) ? symbol.Text : body.Symbol,
            Sentiment = body.Sentiment,
            Confidence = body.Confidence,
            Direction = body.Direction,
            Reasoning = body.Reasoning,
            Signals = body.Signals?.Text,
            ReportContent = body.ReportContent?.Text,
            HtmlSnapshot = body.HtmlSnapshot,
        };

        void CheckWord(string? word, string field) => Check(word is null || IsWord(word), field, $"must have 1 to {LongestWord} visible characters.");

        void Check(bool isRight, string field, string problem)
        {
            if (!isRight)
            {
                errors.Add($"{path}.{field}", problem);
            }
        }
    }

    private static bool IsWord(string text) => !string.IsNullOrWhiteSpace(text) && PlainText.LengthOf(text) <= LongestWord && PlainText.IsPlain(text);

    /// <summary>The texts of a text or a list; null when it is neither.</summary>
    private static List<string>? ReadTexts(JsonText? json)
    {
        if (json is not { } given)
        {
            return [];
        }

        using var document = JsonDocument.Parse(given.Text);
        return document.RootElement.ValueKind switch
        {
            JsonValueKind.String => [document.RootElement.GetString()!],
            JsonValueKind.Array when document.RootElement.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
                document.RootElement.EnumerateArray().Select(item => item.GetString()!).ToList(),
            _ => null,
        };
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Jobs.Quotes;
using TraderHub.Core.Jobs.Runs;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Jobs;

/// <summary>Analyses symbols at once.</summary>
public sealed class SentimentFunctions(AnalyzeNow analyzeNow, JobsSettings settings)
{
    private const string Symbols = "symbols";

    /// <summary>Analyses symbols and stores the verdicts with those of the business date. A symbol that failed says why; the others are answered all the same.</summary>
    [Function(nameof(AnalyzeSentiment))]
    [Access(Caller.Program, Scope = Scopes.JobsWrite)]
    [Query<string>(Symbols, "Up to 50 symbols with commas between: stocks such as AAPL, coins such as HL:BTC; without it those of the setting Jobs:Symbols.")]
    [Returns<SentimentAnswer>("The verdicts; `success` is false when every symbol failed.")]
    public async Task<IResult> AnalyzeSentiment(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/sentiment/analysis")] HttpRequest request, CancellationToken cancellationToken)
    {
        var symbols = ReadSymbols(request);
        if (symbols.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        return Reply.Json(SentimentAnswer.From(await analyzeNow.ExecuteAsync(symbols.Value, cancellationToken)), ReportsJson.Default.SentimentAnswer);
    }

    private Result<IReadOnlyList<MarketSymbol>> ReadSymbols(HttpRequest request)
    {
        var query = RequestQuery.Read(request, found => found.Text(Symbols) ?? string.Empty);
        return query.Error is { } refusal
            ? refusal
            : query.Value.Length == 0 ? Result(settings.Symbols) : SymbolList.Parse(query.Value, Symbols);
    }

    private static Result<IReadOnlyList<MarketSymbol>> Result(IReadOnlyList<MarketSymbol> symbols) => symbols.ToList();
}

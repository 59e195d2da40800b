using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Jobs.Quotes;
using TraderHub.Core.Jobs.Runs;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Jobs;

/// <summary>Analyses symbols at once.</summary>
public sealed class SentimentFunctions(AnalyzeNow analyzeNow, JobsSettings settings, [FromKeyedServices("jobs")] IdempotentRequests requests)
{
    private const string Symbols = "symbols";

    /// <summary>Analyses symbols and stores the verdicts with those of the business date. A symbol that failed says why; the others are answered all the same.</summary>
    [Function(nameof(AnalyzeSentiment))]
    [Access(Caller.Program, Scope = Scopes.JobsWrite)]
    [Header(IdempotencyKey.Header, IdempotencyKey.Description)]
    [Query<string>(Symbols, "Up to 50 symbols with commas between: stocks such as AAPL, coins such as HL:BTC; without it those of the setting Jobs:Symbols.")]
    [Returns<SentimentAnswer>("The verdicts; `success` is false when every symbol failed.")]
    [Fails(StatusCodes.Status400BadRequest, IdempotencyKey.NotValid, IdempotencyKey.NotValidCode)]
    [Fails(StatusCodes.Status409Conflict, "The key was used for other symbols.", IdempotencyKey.ReusedCode)]
    [Fails(StatusCodes.Status503ServiceUnavailable, "A store did not answer, and the verdicts may have been stored.", "WRITE_NOT_ACKNOWLEDGED", "STORAGE_UNAVAILABLE")]
    public async Task<IResult> AnalyzeSentiment(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/sentiment/analysis")] HttpRequest request, CancellationToken cancellationToken)
    {
        var symbols = ReadSymbols(request);
        if (symbols.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var asked = Encoding.UTF8.GetBytes(string.Join(',', symbols.Value.Select(symbol => symbol.Text)));
        return await requests.RunAcknowledgedAsync(
            request,
            asked,
            async operation => Reply.Json(
                SentimentAnswer.From(await analyzeNow.ExecuteAsync(symbols.Value, operation, cancellationToken)), ReportsJson.Default.SentimentAnswer),
            cancellationToken);
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

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals;
using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Signals.Market;
using TraderHub.Core.Signals.Migration;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Signals;

/// <summary>What the market says: signals of tickers, and the indices that they rest on.</summary>
public sealed class MarketFunctions(IReadMarket market, IChatStore chats, TimeProvider clock)
{
    internal const string Stocks = "stocks";

    internal const string Crypto = "crypto";

    private static readonly string[] Indices = [Stocks, Crypto];

    private static readonly Error TickerNotValid = new(
        ErrorKind.Invalid, "TICKER_NOT_VALID", "A ticker is 1 to 10 letters and digits with points between, such as SPY or BRK.B.");

    /// <summary>
    /// A ticker's signal. That prices or index cannot be read is a signal as well, `UNAVAILABLE`, so that whoever asks for many tickers reads
    /// every answer in one way.
    /// </summary>
    [Function(nameof(GetSignal))]
    [Access(Caller.Program, Scope = Scopes.SignalsRead)]
    [Query<string>("chatId", "A chat, whose position in the ticker it is judged with; without it as if there were none.")]
    [Returns<SignalAnswer>("The signal.")]
    [Fails(StatusCodes.Status400BadRequest, "It is no ticker.", "TICKER_NOT_VALID")]
    [Fails(StatusCodes.Status503ServiceUnavailable, "The chat's positions cannot be read.", "STORAGE_UNAVAILABLE", "KV_UNAVAILABLE")]
    public async Task<IResult> GetSignal(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/signals/{ticker}")] HttpRequest request,
        string ticker,
        CancellationToken cancellationToken)
    {
        var asked = RequestQuery.Read(request, query =>
        {
            var chatId = query.Text("chatId", ChatId.Longest);
            query.Require(chatId is null || ChatId.IsValid(chatId), "chatId", "must be the id of a chat.");
            return chatId;
        });
        if (asked.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        if (Ticker.Normalize(ticker) is not { } known)
        {
            return TickerNotValid.ToProblem();
        }

        var signal = await market.ReadSignalAsync(known, await FindPositionAsync(asked.Value, known, cancellationToken), cancellationToken);
        return Reply.Json(SignalAnswer.From(signal, clock.GetInstant()), MarketJson.Default.SignalAnswer);
    }

    /// <summary>A Fear &amp; Greed index. That of crypto never stands in for that of stocks.</summary>
    [Function(nameof(GetFearGreed))]
    [Access(Caller.Program, Scope = Scopes.SignalsRead)]
    [Query<string>("index", "stocks, by CNN, or crypto, by alternative.me; stocks without it.")]
    [Returns<FearGreedAnswer>("The index, at most five minutes old, or stale and at most a day old.")]
    [Fails(StatusCodes.Status503ServiceUnavailable, "Its source does not answer, and none of the last day is there.", "FEAR_GREED_UNAVAILABLE")]
    public async Task<IResult> GetFearGreed(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/fear-greed")] HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = RequestQuery.Read(request, query => query.Choice("index", Indices) ?? Stocks);
        if (asked.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var reading = await market.ReadIndexAsync(asked.Value == Crypto ? FearGreedMarket.Crypto : FearGreedMarket.Stocks, cancellationToken);
        return reading is null
            ? Unavailable(asked.Value).ToProblem()
            : Reply.Json(FearGreedAnswer.From(reading, clock.GetInstant()), MarketJson.Default.FearGreedAnswer);
    }

    private async Task<HeldPosition?> FindPositionAsync(string? chatId, string ticker, CancellationToken cancellationToken) =>
        chatId is null
            ? null
            : (await chats.ReadAsync(chatId, cancellationToken)).Positions.LastOrDefault(position => position.Ticker == ticker);

    private static Error Unavailable(string index) => new(
        ErrorKind.Unavailable,
        "FEAR_GREED_UNAVAILABLE",
        $"The Fear & Greed index of {index} cannot be read, and none of the last day is there. Try again shortly.")
    {
        RetryAfter = TimeSpan.FromMinutes(1),
    };
}

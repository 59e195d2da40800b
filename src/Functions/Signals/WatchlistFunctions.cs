using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Signals;
using TraderHub.Core.Signals.Chats;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Signals;

/// <summary>The tickers that each chat is told signals of.</summary>
public sealed class WatchlistFunctions(
    IWatchlistRepository watchlists,
    IChatStore chats,
    RequestedChat requested,
    SignalsOptions options,
    [FromKeyedServices("signals")] IdempotentRequests requests)
{
    private const string FullText = "The watchlist has no room for it.";

    /// <summary>A chat's watchlist; the default where it never chose.</summary>
    [Function(nameof(GetWatchlist))]
    [Access(Caller.Program, Scope = Scopes.SignalsRead)]
    [Returns<WatchlistAnswer>("The watchlist.")]
    public async Task<IResult> GetWatchlist(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/watchlists/{chatId}")] HttpRequest request,
        [Description("The chat's id.")] string chatId,
        CancellationToken cancellationToken)
    {
        var asked = await requested.ReadAsync(chatId, ticker: null, cancellationToken);
        return asked.Error is { } invalid ? invalid.ToProblem() : await AnswerAsync(asked.Value.ChatId, cancellationToken);
    }

    /// <summary>Puts tickers in the place of a chat's watchlist; none is the default.</summary>
    [Function(nameof(ReplaceWatchlist))]
    [Access(Caller.Program, Scope = Scopes.SignalsWrite)]
    [Header(IdempotencyKey.Header, IdempotencyKey.Description)]
    [Accepts<WatchlistBody>]
    [Returns<WatchlistAnswer>("The watchlist from now on.")]
    [Fails(StatusCodes.Status400BadRequest, IdempotencyKey.NotValid, IdempotencyKey.NotValidCode)]
    [Fails(StatusCodes.Status409Conflict, ChatErrors.UnreadableText, ChatErrors.Unreadable, IdempotencyKey.ReusedCode)]
    [Fails(StatusCodes.Status422UnprocessableEntity, FullText, ChatRules.WatchlistFull)]
    [Fails(StatusCodes.Status503ServiceUnavailable, ChatErrors.NotAcknowledgedText, ChatErrors.NotAcknowledged)]
    public async Task<IResult> ReplaceWatchlist(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/v1/watchlists/{chatId}")] HttpRequest request,
        [Description("The chat's id.")] string chatId,
        CancellationToken cancellationToken)
    {
        string[] tickers = [];
        var body = await RequestFields.ReadAsync(
            request,
            ChatsJson.Default.WatchlistBody,
            (sent, errors) => tickers = [.. sent.Tickers.Select((ticker, i) => ChatChecks.ReadTicker(ticker, $"tickers[{i}]", errors))],
            cancellationToken);
        if (body.Error is { } unreadable)
        {
            return unreadable.ToProblem();
        }

        var asked = await requested.ReadAsync(chatId, ticker: null, cancellationToken);
        return asked.Error is { } invalid
            ? invalid.ToProblem()
            : await RunAsync(request, body.Value.ToBytes(), new SetWatchlist(asked.Value.ChatId, tickers, options.WatchlistLimit), cancellationToken);
    }

    /// <summary>Adds a ticker to the end of a chat's watchlist.</summary>
    [Function(nameof(AddTicker))]
    [Access(Caller.Program, Scope = Scopes.SignalsWrite)]
    [Header(IdempotencyKey.Header, IdempotencyKey.Description)]
    [Returns<WatchlistAnswer>(StatusCodes.Status201Created, "It is added; the watchlist from now on.")]
    [Returns<WatchlistAnswer>("It was there already.")]
    [Fails(StatusCodes.Status400BadRequest, IdempotencyKey.NotValid, IdempotencyKey.NotValidCode)]
    [Fails(StatusCodes.Status409Conflict, ChatErrors.UnreadableText, ChatErrors.Unreadable, IdempotencyKey.ReusedCode)]
    [Fails(StatusCodes.Status422UnprocessableEntity, FullText, ChatRules.WatchlistFull)]
    [Fails(StatusCodes.Status503ServiceUnavailable, ChatErrors.NotAcknowledgedText, ChatErrors.NotAcknowledged)]
    public async Task<IResult> AddTicker(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/watchlists/{chatId}/{ticker}")] HttpRequest request,
        [Description("The chat's id.")] string chatId,
        [Description("The ticker.")] string ticker,
        CancellationToken cancellationToken)
    {
        var asked = await requested.ReadAsync(chatId, ticker, cancellationToken);
        return asked.Error is { } invalid
            ? invalid.ToProblem()
            : await RunAsync(request, ReadOnlyMemory<byte>.Empty, new AddTicker(asked.Value.ChatId, asked.Value.Ticker, options.WatchlistLimit), cancellationToken);
    }

    /// <summary>Removes a ticker from a chat's watchlist. When it was the last one, the default takes its place.</summary>
    [Function(nameof(RemoveTicker))]
    [Access(Caller.Program, Scope = Scopes.SignalsWrite)]
    [Header(IdempotencyKey.Header, IdempotencyKey.Description)]
    [Returns<WatchlistAnswer>("It is removed; the watchlist from now on.")]
    [Fails(StatusCodes.Status400BadRequest, IdempotencyKey.NotValid, IdempotencyKey.NotValidCode)]
    [Fails(StatusCodes.Status404NotFound, "It is not on the watchlist.", ChatErrors.TickerNotFound)]
    [Fails(StatusCodes.Status409Conflict, ChatErrors.UnreadableText, ChatErrors.Unreadable, IdempotencyKey.ReusedCode)]
    [Fails(StatusCodes.Status503ServiceUnavailable, ChatErrors.NotAcknowledgedText, ChatErrors.NotAcknowledged)]
    public async Task<IResult> RemoveTicker(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/watchlists/{chatId}/{ticker}")] HttpRequest request,
        [Description("The chat's id.")] string chatId,
        [Description("The ticker.")] string ticker,
        CancellationToken cancellationToken)
    {
        var asked = await requested.ReadAsync(chatId, ticker, cancellationToken);
        return asked.Error is { } invalid
            ? invalid.ToProblem()
            : await RunAsync(request, ReadOnlyMemory<byte>.Empty, new RemoveTicker(asked.Value.ChatId, asked.Value.Ticker), cancellationToken);
    }

    private Task<IResult> RunAsync(HttpRequest request, ReadOnlyMemory<byte> body, ChatChange change, CancellationToken cancellationToken) =>
        requests.RunAcknowledgedAsync(request, body, operation => ChangeAsync(operation, change, cancellationToken), cancellationToken);

    private async Task<IResult> ChangeAsync(OperationId operation, ChatChange change, CancellationToken cancellationToken)
    {
        var made = await chats.WriteAsync(operation, change, prepared: null, isRetry: false, cancellationToken);
        if (made.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var outcome = made.Value.Decision?.Outcome;
        if (outcome == ChatOutcome.Absent)
        {
            return ChatErrors.NoTicker.ToProblem();
        }

        var status = change is AddTicker && outcome != ChatOutcome.Unchanged ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        return made.Value.Decision?.Watchlist is { } watchlist
            ? Answer(change.ChatId, watchlist, status)
            : await AnswerAsync(change.ChatId, cancellationToken, status);
    }

    private async Task<IResult> AnswerAsync(string chatId, CancellationToken cancellationToken, int status = StatusCodes.Status200OK)
    {
        var tickers = await watchlists.GetAsync(chatId, cancellationToken);
        return Answer(chatId, tickers.Count > 0 ? tickers : ChatRules.DefaultWatchlist, status);
    }

    private static IResult Answer(string chatId, IReadOnlyList<string> tickers, int status) =>
        Reply.Json(new WatchlistAnswer(chatId, tickers), ChatsJson.Default.WatchlistAnswer, status);
}

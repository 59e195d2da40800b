using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Chats;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Signals;

/// <summary>The positions that the owners of chats have.</summary>
public sealed class ChatPositionFunctions(
    IPositionRepository positions, IChatStore chats, RequestedChat requested, [FromKeyedServices("signals")] IdempotentRequests requests)
{
    /// <summary>A chat's positions, at most one of a ticker, by their tickers.</summary>
    [Function(nameof(ListChatPositions))]
    [Access(Caller.Program, Scope = Scopes.SignalsRead)]
    [Paged]
    [Returns<Page<HeldPositionAnswer>>("A page of them.")]
    public async Task<IResult> ListChatPositions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/positions/{chatId}")] HttpRequest request,
        [Description("The chat's id.")] string chatId,
        CancellationToken cancellationToken)
    {
        var page = RequestQuery.Read(request, query => query.Page<TextKey>("positions"));
        if (page.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var asked = await requested.ReadAsync(chatId, ticker: null, cancellationToken);
        if (asked.Error is { } invalid)
        {
            return invalid.ToProblem();
        }

        var held = await positions.GetAllAsync(asked.Value.ChatId, cancellationToken);
        var rows = held
            .OrderBy(position => position.Ticker, StringComparer.Ordinal)
            .Where(position => page.Value.After is not { } after || string.CompareOrdinal(position.Ticker, after.Text) > 0)
            .Take(page.Value.RowsToRead)
            .Select(HeldPositionAnswer.Of)
            .ToList();
        return Reply.Json(
            page.Value.ToPage(rows, row => new TextKey(row.Ticker), page.Value.IncludeTotal ? held.Count : null), ChatsJson.Default.PageHeldPositionAnswer);
    }

    /// <summary>Sets a chat's position in a ticker, in the place of the one there may be.</summary>
    [Function(nameof(SetPosition))]
    [Access(Caller.Program, Scope = Scopes.SignalsWrite)]
    [Header(IdempotencyKey.Header, IdempotencyKey.Description)]
    [Accepts<PositionBody>]
    [Returns<HeldPositionAnswer>("The position.")]
    [Fails(StatusCodes.Status400BadRequest, IdempotencyKey.NotValid, IdempotencyKey.NotValidCode)]
    [Fails(StatusCodes.Status409Conflict, ChatErrors.UnreadableText, ChatErrors.Unreadable, IdempotencyKey.ReusedCode)]
    [Fails(StatusCodes.Status503ServiceUnavailable, ChatErrors.NotAcknowledgedText, ChatErrors.NotAcknowledged)]
    public async Task<IResult> SetPosition(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/v1/positions/{chatId}/{ticker}")] HttpRequest request,
        [Description("The chat's id.")] string chatId,
        [Description("The ticker.")] string ticker,
        CancellationToken cancellationToken)
    {
        var body = await RequestFields.ReadAsync(
            request, ChatsJson.Default.PositionBody, (sent, errors) => ChatChecks.CheckPrice(sent.EntryPrice, "entryPrice", errors), cancellationToken);
        if (body.Error is { } unreadable)
        {
            return unreadable.ToProblem();
        }

        var asked = await requested.ReadAsync(chatId, ticker, cancellationToken);
        if (asked.Error is { } invalid)
        {
            return invalid.ToProblem();
        }

        var position = new SetPosition(asked.Value.ChatId, asked.Value.Ticker, (double)body.Value.Value.EntryPrice);
        return await requests.RunAcknowledgedAsync(request, body.Value.ToBytes(), operation => SetAsync(operation, position, cancellationToken), cancellationToken);
    }

    /// <summary>Ends a chat's position in a ticker, without an execution.</summary>
    [Function(nameof(ClearPosition))]
    [Access(Caller.Program, Scope = Scopes.SignalsWrite)]
    [Header(IdempotencyKey.Header, IdempotencyKey.Description)]
    [Returns(StatusCodes.Status204NoContent, "It is ended.")]
    [Fails(StatusCodes.Status400BadRequest, IdempotencyKey.NotValid, IdempotencyKey.NotValidCode)]
    [Fails(StatusCodes.Status404NotFound, "There is none.", ChatErrors.PositionNotFound)]
    [Fails(StatusCodes.Status409Conflict, ChatErrors.UnreadableText, ChatErrors.Unreadable, IdempotencyKey.ReusedCode)]
    [Fails(StatusCodes.Status503ServiceUnavailable, ChatErrors.NotAcknowledgedText, ChatErrors.NotAcknowledged)]
    public async Task<IResult> ClearPosition(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/positions/{chatId}/{ticker}")] HttpRequest request,
        [Description("The chat's id.")] string chatId,
        [Description("The ticker.")] string ticker,
        CancellationToken cancellationToken)
    {
        var asked = await requested.ReadAsync(chatId, ticker, cancellationToken);
        if (asked.Error is { } invalid)
        {
            return invalid.ToProblem();
        }

        var ended = new ClearPosition(asked.Value.ChatId, asked.Value.Ticker);
        return await requests.RunAcknowledgedAsync(
            request, ReadOnlyMemory<byte>.Empty, operation => ClearAsync(operation, ended, cancellationToken), cancellationToken);
    }

    private async Task<IResult> SetAsync(OperationId operation, SetPosition position, CancellationToken cancellationToken)
    {
        var set = await chats.WriteAsync(operation, position, prepared: null, isRetry: false, cancellationToken);
        return set.Match(
            _ => Reply.Json(new HeldPositionAnswer(position.Ticker, position.EntryPrice), ChatsJson.Default.HeldPositionAnswer), Problems.ToProblem);
    }

    private async Task<IResult> ClearAsync(OperationId operation, ClearPosition ended, CancellationToken cancellationToken)
    {
        var cleared = await chats.WriteAsync(operation, ended, prepared: null, isRetry: false, cancellationToken);
        return cleared.Match(
            changed => changed.Decision?.Outcome == ChatOutcome.Absent ? ChatErrors.NoPosition.ToProblem() : Reply.NoContent(), Problems.ToProblem);
    }
}

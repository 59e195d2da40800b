using System.ComponentModel;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Chats;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Signals;

/// <summary>The chats that receive broadcasts.</summary>
public sealed class SubscriptionFunctions(
    ISubscriptionRepository subscriptions, IChatStore chats, RequestedChat requested, [FromKeyedServices("signals")] IdempotentRequests requests)
{
    /// <summary>The subscribed chats, by the characters of their ids.</summary>
    [Function(nameof(ListSubscriptions))]
    [Access(Caller.Program, Scope = Scopes.SignalsRead)]
    [Paged]
    [Returns<Page<SubscriptionAnswer>>("A page of them.")]
    public async Task<IResult> ListSubscriptions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/subscriptions")] HttpRequest request, CancellationToken cancellationToken)
    {
        var page = RequestQuery.Read(request, query => query.Page<TextKey>("subscriptions"));
        if (page.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var ids = await subscriptions.GetChatIdsAsync(cancellationToken);
        var rows = ids
            .Where(id => page.Value.After is not { } after || string.CompareOrdinal(id, after.Text) > 0)
            .Take(page.Value.RowsToRead)
            .Select(id => new SubscriptionAnswer(id))
            .ToList();
        return Reply.Json(
            page.Value.ToPage(rows, row => new TextKey(row.ChatId), page.Value.IncludeTotal ? ids.Count : null), ChatsJson.Default.PageSubscriptionAnswer);
    }

    /// <summary>Subscribes a chat. One without a watchlist gets the default one; of one that comes back everything is still there.</summary>
    [Function(nameof(AddSubscription))]
    [Access(Caller.Program, Scope = Scopes.SignalsWrite)]
    [Header(IdempotencyKey.Header, IdempotencyKey.Description)]
    [Accepts<NewSubscriptionBody>]
    [Returns<SubscriptionAnswer>(StatusCodes.Status201Created, "It is subscribed.")]
    [Returns<SubscriptionAnswer>("It was subscribed already.")]
    [Fails(StatusCodes.Status400BadRequest, IdempotencyKey.NotValid, IdempotencyKey.NotValidCode)]
    [Fails(StatusCodes.Status409Conflict, ChatErrors.UnreadableText, ChatErrors.Unreadable, IdempotencyKey.ReusedCode)]
    [Fails(StatusCodes.Status503ServiceUnavailable, ChatErrors.NotAcknowledgedText, ChatErrors.NotAcknowledged)]
    public async Task<IResult> AddSubscription(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/subscriptions")] HttpRequest request, CancellationToken cancellationToken)
    {
        var chatId = string.Empty;
        var body = await RequestFields.ReadAsync(
            request, ChatsJson.Default.NewSubscriptionBody, (sent, errors) => chatId = ChatChecks.ReadChatId(sent.ChatId, errors), cancellationToken);
        return body.Error is { } refusal
            ? refusal.ToProblem()
            : await requests.RunAcknowledgedAsync(
                request, Encoding.UTF8.GetBytes(chatId), operation => SubscribeAsync(chatId, operation, cancellationToken), cancellationToken);
    }

    /// <summary>Ends a chat's subscription; everything else of it stays.</summary>
    [Function(nameof(RemoveSubscription))]
    [Access(Caller.Program, Scope = Scopes.SignalsWrite)]
    [Header(IdempotencyKey.Header, IdempotencyKey.Description)]
    [Returns(StatusCodes.Status204NoContent, "It is not subscribed any more.")]
    [Fails(StatusCodes.Status400BadRequest, IdempotencyKey.NotValid, IdempotencyKey.NotValidCode)]
    [Fails(StatusCodes.Status404NotFound, "It was not subscribed.", ChatErrors.SubscriptionNotFound)]
    [Fails(StatusCodes.Status409Conflict, ChatErrors.UnreadableText, ChatErrors.Unreadable, IdempotencyKey.ReusedCode)]
    [Fails(StatusCodes.Status503ServiceUnavailable, ChatErrors.NotAcknowledgedText, ChatErrors.NotAcknowledged)]
    public async Task<IResult> RemoveSubscription(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/subscriptions/{chatId}")] HttpRequest request,
        [Description("The chat's id.")] string chatId,
        CancellationToken cancellationToken)
    {
        var asked = await requested.ReadAsync(chatId, ticker: null, cancellationToken);
        if (asked.Error is { } invalid)
        {
            return invalid.ToProblem();
        }

        return await requests.RunAcknowledgedAsync(
            request, ReadOnlyMemory<byte>.Empty, operation => UnsubscribeAsync(asked.Value.ChatId, operation, cancellationToken), cancellationToken);
    }

    private async Task<IResult> UnsubscribeAsync(string chatId, OperationId operation, CancellationToken cancellationToken)
    {
        var removed = await chats.WriteAsync(operation, new Unsubscribe(chatId), prepared: null, isRetry: false, cancellationToken);
        return removed.Match(
            changed => changed.Decision?.Outcome == ChatOutcome.Absent ? ChatErrors.NoSubscription.ToProblem() : Reply.NoContent(), Problems.ToProblem);
    }

    private async Task<IResult> SubscribeAsync(string chatId, OperationId operation, CancellationToken cancellationToken)
    {
        var id = await requested.MovedAsync(chatId, cancellationToken);
        var added = await chats.WriteAsync(operation, new Subscribe(id), prepared: null, isRetry: false, cancellationToken);
        return added.Match(
            changed => Reply.Json(
                new SubscriptionAnswer(id),
                ChatsJson.Default.SubscriptionAnswer,
                changed.Decision?.Outcome == ChatOutcome.Unchanged ? StatusCodes.Status200OK : StatusCodes.Status201Created),
            Problems.ToProblem);
    }
}

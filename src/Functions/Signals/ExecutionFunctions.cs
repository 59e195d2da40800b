using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals;
using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Signals.Migration;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Signals;

/// <summary>What the owners of chats did on signals.</summary>
public sealed class ExecutionFunctions(
    IExecutionRepository executions, IChatStore chats, RequestedChat requested, [FromKeyedServices("signals")] IdempotentRequests requests, TimeProvider clock)
{
    /// <summary>A chat's executions, the newest by its date first.</summary>
    [Function(nameof(ListExecutions))]
    [Access(Caller.Program, Scope = Scopes.SignalsRead)]
    [Paged]
    [Query<string>("ticker", "Only those of this ticker.")]
    [Query<string>("from", "Only those from this date or instant on, in UTC.")]
    [Query<string>("to", "Only those before this date or instant, in UTC.")]
    [Returns<Page<ExecutionAnswer>>("A page of them.")]
    public async Task<IResult> ListExecutions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/executions/{chatId}")] HttpRequest request,
        [Description("The chat's id.")] string chatId,
        CancellationToken cancellationToken)
    {
        var query = RequestQuery.Read(
            request, read => (Ticker: ReadTicker(read), From: ReadMoment(read, "from"), To: ReadMoment(read, "to"), Page: read.Page<ExecutionKey>("executions")));
        if (query.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var (ticker, from, to, page) = query.Value;
        var asked = await requested.ReadAsync(chatId, ticker: null, cancellationToken);
        if (asked.Error is { } invalid)
        {
            return invalid.ToProblem();
        }

        var found = (await executions.GetHistoryAsync(asked.Value.ChatId, ticker, cancellationToken))
            .Where(recorded => !(recorded.Execution.ExecutionDate < from) && !(recorded.Execution.ExecutionDate >= to))
            .ToList();
        var rows = found.Where(recorded => page.After is not { } after || after.IsBefore(KeyOf(recorded))).Take(page.RowsToRead).ToList();
        return Reply.Json(
            page.ToPage(rows, KeyOf, page.IncludeTotal ? found.Count : null).Select(recorded => ExecutionAnswer.Of(recorded.Execution)), ChatsJson.Default.PageExecutionAnswer);
    }

    /// <summary>A chat's newest execution, by its date.</summary>
    [Function(nameof(GetLatestExecution))]
    [Access(Caller.Program, Scope = Scopes.SignalsRead)]
    [Query<string>("ticker", "The newest of this ticker.")]
    [Returns<ExecutionAnswer>("The execution.")]
    [Fails(StatusCodes.Status404NotFound, "There is none.", ChatErrors.ExecutionNotFound)]
    public async Task<IResult> GetLatestExecution(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/executions/{chatId}/latest")] HttpRequest request,
        [Description("The chat's id.")] string chatId,
        CancellationToken cancellationToken)
    {
        var ticker = RequestQuery.Read(request, ReadTicker);
        if (ticker.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var asked = await requested.ReadAsync(chatId, ticker: null, cancellationToken);
        if (asked.Error is { } invalid)
        {
            return invalid.ToProblem();
        }

        return await executions.FindLatestAsync(asked.Value.ChatId, ticker.Value, cancellationToken) is { } latest
            ? Reply.Json(ExecutionAnswer.Of(latest.Execution), ChatsJson.Default.ExecutionAnswer)
            : ChatErrors.NoExecution.ToProblem();
    }

    /// <summary>
    /// Records an execution. A purchase becomes the ticker's position and brings the ticker onto the watchlist; a sale ends the position, if there is one. All of it is done,
    /// or nothing.
    /// </summary>
    [Function(nameof(RecordExecution))]
    [Access(Caller.Program, Scope = Scopes.SignalsWrite)]
    [Header(IdempotencyKey.Header, IdempotencyKey.Description)]
    [Accepts<NewExecutionBody>]
    [Returns<ExecutionAnswer>(StatusCodes.Status201Created, "It is recorded.")]
    [Fails(StatusCodes.Status400BadRequest, IdempotencyKey.NotValid, IdempotencyKey.NotValidCode)]
    [Fails(StatusCodes.Status409Conflict, ChatErrors.UnreadableText, ChatErrors.Unreadable, IdempotencyKey.ReusedCode)]
    [Fails(StatusCodes.Status503ServiceUnavailable, ChatErrors.NotAcknowledgedText, ChatErrors.NotAcknowledged)]
    public async Task<IResult> RecordExecution(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/executions/{chatId}")] HttpRequest request,
        [Description("The chat's id.")] string chatId,
        CancellationToken cancellationToken)
    {
        ExecutedSignal? execution = null;
        var body = await RequestFields.ReadAsync(
            request, ChatsJson.Default.NewExecutionBody, (sent, errors) => execution = Read(sent, errors), cancellationToken);
        if (body.Error is { } unreadable)
        {
            return unreadable.ToProblem();
        }

        var asked = await requested.ReadAsync(chatId, ticker: null, cancellationToken);
        return asked.Error is { } invalid
            ? invalid.ToProblem()
            : await requests.RunAcknowledgedAsync(
                request, body.Value.ToBytes(), operation => RecordAsync(operation, asked.Value.ChatId, execution!, cancellationToken), cancellationToken);
    }

    private async Task<IResult> RecordAsync(OperationId operation, string chatId, ExecutedSignal execution, CancellationToken cancellationToken)
    {
        var recorded = await chats.WriteAsync(operation, new RecordExecution(chatId, execution), prepared: null, isRetry: false, cancellationToken);
        return recorded.Match(
            changed => Reply.Json(
                ExecutionAnswer.Of(changed.Decision?.Execution ?? execution), ChatsJson.Default.ExecutionAnswer, StatusCodes.Status201Created),
            Problems.ToProblem);
    }

    private ExecutedSignal Read(NewExecutionBody sent, FieldErrors errors)
    {
        errors.Require(sent.SignalType is "BUY" or "SELL", "signalType", "must be BUY or SELL.");
        var ticker = ChatChecks.ReadTicker(sent.Ticker, "ticker", errors);
        ChatChecks.CheckPrice(sent.ExecutionPrice, "executionPrice", errors);
        ChatChecks.CheckPrice(sent.SignalPrice, "signalPrice", errors);
        var date = ChatChecks.ReadDate(sent.ExecutionDate, "executionDate", errors) ?? clock.GetInstant().ToUnixTimeMilliseconds();
        return new(sent.SignalType, ticker, (double)sent.ExecutionPrice, date, (double?)sent.SignalPrice);
    }

    private static string? ReadTicker(RequestQuery query)
    {
        var text = query.Text("ticker");
        var ticker = text is null ? null : Ticker.Normalize(text);
        query.Require(text is null || ticker is not null, "ticker", Ticker.Rule);
        return ticker;
    }

    private static long? ReadMoment(RequestQuery query, string name) => query
        .Word<Instant>(name, ChatChecks.ParseMoment, "must be a date such as 2026-11-21, or an instant in UTC such as 2026-11-21T09:30:00Z.")
        ?.ToUnixTimeMilliseconds();

    private static ExecutionKey KeyOf(RecordedExecution recorded) => new(recorded.Execution.ExecutionDate, recorded.Place);
}

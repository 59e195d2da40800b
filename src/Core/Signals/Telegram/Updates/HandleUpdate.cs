using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Signals.Telegram.Commands;

namespace TraderHub.Core.Signals.Telegram.Updates;

/// <summary>
/// Does one update. What it changes and what it answers is decided and stored first, then done: whoever repeats it after a kill finds the change done and answers the
/// same, where deciding again would find its own change and answer the opposite.
/// </summary>
public sealed class HandleUpdate(ITelegramUpdates updates, IChatStore chats, PlanUpdate planUpdate, ITelegramBot bot, TimeProvider clock)
{
    private const int MostDecisions = 5;

    /// <summary>How long one update may take; shorter than its chat is taken for.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(25);

    /// <summary>Does an update, or notes why it could not be done.</summary>
    public async Task ExecuteAsync(WaitingUpdate waiting, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(waiting);
        using var time = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            await DoAsync(waiting, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await updates.FailAsync(waiting.Update.UpdateId, $"It took longer than {Longest.TotalSeconds:0} s.", cancellationToken);
        }
        catch (Exception exception) when (exception is UpstreamException or KeyValueException or UnreadableDataException or StorageConstraintException or UnavailableException)
        {
            await updates.FailAsync(waiting.Update.UpdateId, exception.Message, cancellationToken);
        }
    }

    private async Task DoAsync(WaitingUpdate waiting, CancellationToken cancellationToken)
    {
        var update = waiting.Update;
        if (waiting.Decision is { } before && await CarryOutAsync(update, before, isRetry: true, cancellationToken))
        {
            return;
        }

        for (var i = 0; i < MostDecisions; i++)
        {
            var plan = await planUpdate.ExecuteAsync(update, waiting.ReceivedAt, cancellationToken);
            if (plan.NotYet is { } reason)
            {
                await updates.FailAsync(update.UpdateId, reason.Detail, cancellationToken);
                return;
            }

            if (plan.Change is not { } change)
            {
                await CompleteAsync(update, plan.Answers, cancellationToken, plan.AtEnd);
                return;
            }

            var prepared = await chats.PrepareAsync(change, cancellationToken);
            if (prepared.Error is { } refusal)
            {
                if (refusal.Kind == ErrorKind.Unavailable)
                {
                    await updates.FailAsync(update.UpdateId, refusal.Detail, cancellationToken);
                    return;
                }

                await CompleteAsync(update, plan.Refused(refusal), cancellationToken);
                return;
            }

            var answers = plan.Done(prepared.Value.Decision);
            if (prepared.Value.Decision.Outcome is ChatOutcome.Unchanged or ChatOutcome.Absent)
            {
                await CompleteAsync(update, answers, cancellationToken);
                return;
            }

            var decision = new UpdateDecision(change, prepared.Value, answers);
            await updates.SaveDecisionAsync(update.UpdateId, decision, cancellationToken);
            if (await CarryOutAsync(update, decision, isRetry: false, cancellationToken))
            {
                return;
            }
        }

        await updates.FailAsync(update.UpdateId, "The chat was changed by others all the time.", cancellationToken);
    }

    /// <summary>Makes the change that was decided; false when it must be decided anew, because the chat is no longer what it was decided on.</summary>
    private async Task<bool> CarryOutAsync(IncomingUpdate update, UpdateDecision decision, bool isRetry, CancellationToken cancellationToken)
    {
        var written = await chats.WriteAsync(OperationOf(update), decision.Change, decision.Prepared, isRetry, cancellationToken);
        if (written.Error is not { } error)
        {
            await CompleteAsync(update, decision.Answers, cancellationToken);
            return true;
        }

        switch (error.Kind)
        {
            case ErrorKind.Stale:
                return false;
            case ErrorKind.Unavailable:
                await updates.FailAsync(update.UpdateId, error.Detail, cancellationToken);
                return true;
            default:
                await CompleteAsync(update, [BotTexts.Refused(error)], cancellationToken);
                return true;
        }
    }

    private Task CompleteAsync(
        IncomingUpdate update, IReadOnlyList<string> answers, CancellationToken cancellationToken, Func<CancellationToken, Task>? atEnd = null) => updates.CompleteAsync(
        update.UpdateId,
        [.. answers.Select((text, i) => new OutgoingMessage(update.ChatId!, $"update:{bot.BotId}:{update.UpdateId}:{i}", text))],
        atEnd,
        cancellationToken);

    private OperationId OperationOf(IncomingUpdate update) => OperationId.Of("telegram", $"{bot.BotId}", $"{update.UpdateId}", "change");
}

namespace TraderHub.Core.Signals.Telegram.Updates;

/// <summary>Does the updates that wait, several chats at once.</summary>
public sealed class WorkUpdates(ITelegramUpdates updates, WorkChat workChat, TimeProvider clock) : IWorkUpdates
{
    private const int AtOnce = 8;

    private const int ListedAtOnce = 100;

    /// <inheritdoc />
    public async Task ExecuteAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var time = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            while (await updates.ListChatsAsync(ListedAtOnce, either.Token) is { Count: > 0 } chats && await WorkAsync(chats, either.Token))
            {
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The next run goes on.
        }
    }

    /// <summary>Whether anything was done; others have the chats otherwise.</summary>
    private async Task<bool> WorkAsync(IReadOnlyList<string> chats, CancellationToken cancellationToken)
    {
        var worked = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(chats, options, async (chatId, token) =>
        {
            if (await workChat.ExecuteAsync(chatId, token))
            {
                Interlocked.Increment(ref worked);
            }
        });
        return worked > 0;
    }
}

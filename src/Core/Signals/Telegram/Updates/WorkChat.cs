namespace TraderHub.Core.Signals.Telegram.Updates;

/// <summary>Does a chat's updates one at a time, in the order of their numbers.</summary>
public sealed class WorkChat(ITelegramUpdates updates, HandleUpdate handle)
{
    /// <summary>Does what can be done now; true when something was.</summary>
    public async Task<bool> ExecuteAsync(string chatId, CancellationToken cancellationToken)
    {
        var hasWorked = false;

        // Whoever finds the chat taken leaves its update to the one who has it, and that one may have looked for more just before: so it looks again.
        while (await updates.FindNextAsync(chatId, cancellationToken) is not null && await WorkAsync(chatId, cancellationToken))
        {
            hasWorked = true;
        }

        return hasWorked;
    }

    /// <summary>Does all that wait, while nobody else does; false when somebody does.</summary>
    private async Task<bool> WorkAsync(string chatId, CancellationToken cancellationToken)
    {
        var worker = Guid.NewGuid().ToString("N");
        if (!await updates.TryClaimAsync(chatId, worker, cancellationToken))
        {
            return false;
        }

        try
        {
            while (await updates.FindNextAsync(chatId, cancellationToken) is { } next && await updates.TryClaimAsync(chatId, worker, cancellationToken))
            {
                await handle.ExecuteAsync(next, cancellationToken);
            }

            return true;
        }
        finally
        {
            await updates.ReleaseAsync(chatId, worker, CancellationToken.None);
        }
    }
}

using TraderHub.Core.Signals.Chats;

namespace TraderHub.Core.Signals.Telegram.Broadcasts;

/// <summary>Tells every subscriber of a new version. The same commit is told once, however often it is asked for.</summary>
public sealed class NotifyDeploy(ISubscriptionRepository subscriptions, ITelegramOutbox outbox, ISentMessages sent)
{
    /// <summary>How long the caller waits for what can be sent at once; the rest is sent afterwards.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(5);

    /// <summary>Adds the messages and sends what can be sent now.</summary>
    public async Task<DeployBroadcast> ExecuteAsync(Deploy deploy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deploy);
        var prefix = $"deploy:{deploy.CommitHash}:";
        var title = deploy.CommitMessage.Split('\n', 2)[0].Trim();
        var html = $"""
            🚀 <b>A new version is deployed</b>
            <a href="{TelegramText.Escape(deploy.CommitUrl.AbsoluteUri).Replace("\"", "&quot;", StringComparison.Ordinal)}">{TelegramText.Escape(deploy.CommitHash)}</a> {TelegramText.Escape(title)}
            """;
        var chatIds = await subscriptions.GetChatIdsAsync(cancellationToken);
        await outbox.AddAsync([.. chatIds.Select(chatId => new OutgoingMessage(chatId, prefix + chatId, html))], cancellationToken);
        await outbox.SendAllAsync(AtMost, cancellationToken);
        var messages = await sent.ListAsync(prefix, cancellationToken);
        return new(
            chatIds.Count,
            messages.Count(message => message.Status == SentStatus.Sent),
            messages.Count(message => message.Status == SentStatus.Waiting),
            [.. messages.Where(message => message.Status == SentStatus.Failed)]);
    }
}

/// <summary>A version that was deployed.</summary>
/// <param name="CommitHash">Its commit.</param>
/// <param name="CommitMessage">The commit's message, of which the first line is told.</param>
/// <param name="CommitUrl">Where the commit can be read.</param>
public sealed record Deploy(string CommitHash, string CommitMessage, Uri CommitUrl);

/// <summary>What has become of a deploy's messages so far.</summary>
/// <param name="Subscribers">How many chats are subscribed.</param>
/// <param name="Sent">How many messages were sent.</param>
/// <param name="Waiting">How many will be.</param>
/// <param name="Failed">Those that were refused.</param>
public sealed record DeployBroadcast(int Subscribers, int Sent, int Waiting, IReadOnlyList<SentMessage> Failed);

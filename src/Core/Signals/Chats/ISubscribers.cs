namespace TraderHub.Core.Signals.Chats;

/// <summary>The chats that receive broadcasts.</summary>
public interface ISubscribers
{
    /// <summary>Their ids, in one order.</summary>
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken);
}

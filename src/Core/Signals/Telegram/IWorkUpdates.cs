namespace TraderHub.Core.Signals.Telegram;

/// <summary>Works on updates that wait.</summary>
public interface IWorkUpdates
{
    /// <summary>Works on them until none is due, or the time is over.</summary>
    Task ExecuteAsync(TimeSpan atMost, CancellationToken cancellationToken);
}

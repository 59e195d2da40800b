namespace TraderHub.Data.Upstream.Hyperliquid.Asking;

/// <summary>How urgent a question is: whether a caller waits for it, and for how long. It becomes urgent when a waiting caller joins.</summary>
internal sealed class Urgency(TimeProvider clock, TimeSpan? patience)
{
    private long since = clock.GetTimestamp();
    private TimeSpan? patience = patience;

    /// <summary>Whether its first asker waits for it.</summary>
    public bool BeganUrgent { get; } = patience is not null;

    /// <summary>Whether somebody waits for it now.</summary>
    public bool IsUrgent => patience is not null;

    /// <summary>Whether it stands in the budget's queue; the budget keeps this.</summary>
    public bool IsQueued { get; set; }

    /// <summary>How long the one who waits longest will still wait; null when nobody waits.</summary>
    public TimeSpan? PatienceLeft => patience - clock.GetElapsedTime(since);

    /// <summary>A caller has joined who waits so long from now.</summary>
    public void Hurry(TimeSpan newPatience)
    {
        since = clock.GetTimestamp();
        patience = newPatience;
    }
}

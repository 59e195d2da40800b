namespace TraderHub.Functions.Http;

/// <summary>Which refusals of strangers are in the audit log already: one of each address and action, and never more than so many, in the same five minutes.</summary>
internal sealed class RefusalsOfStrangers(TimeProvider clock)
{
    private const int MostInWindow = 1000;

    private readonly Lock gate = new();
    private readonly HashSet<(string Address, string Action)> written = [];
    private DateTimeOffset windowEnd;

    /// <summary>True for the first of an address and action; that one is written.</summary>
    public bool TryTake(string address, string action)
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            if (now >= windowEnd)
            {
                written.Clear();
                windowEnd = now + FailedAttempts.Window;
            }

            return written.Count < MostInWindow && written.Add((address, action));
        }
    }
}

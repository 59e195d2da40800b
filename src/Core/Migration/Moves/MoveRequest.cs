using TraderHub.Core.Migration.Runs;

namespace TraderHub.Core.Migration.Moves;

/// <summary>What an operator asks for.</summary>
/// <param name="Who">The operator, for the history.</param>
public sealed record MoveRequest(string Who)
{
    /// <summary>Why; needed to force.</summary>
    public string? Reason { get; init; }

    /// <summary>Skips what only waits for time to pass; a way back goes without SQL.</summary>
    public bool IsForced { get; init; }

    /// <summary>Forward to SQL: which share of the keys, in percent; null for all.</summary>
    public int? Percent { get; init; }

    /// <summary>Back without SQL: although writes were acknowledged that the key-value store does not have.</summary>
    public bool AcceptsLoss { get; init; }

    /// <summary>Told how far it is.</summary>
    public IProgress<MigrationRun>? Progress { get; init; }
}

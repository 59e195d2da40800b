using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Verification;

namespace TraderHub.Core.Migration.Operating;

/// <summary>What became of what an operator asked for.</summary>
/// <param name="Summary">It in a sentence.</param>
public sealed record Outcome(string Summary)
{
    /// <summary>Whether something is left that an operator has to look at.</summary>
    public bool HasProblems { get; init; }

    /// <summary>Where the group stands now.</summary>
    public StageDocument? Stage { get; init; }

    /// <summary>The run that did it.</summary>
    public MigrationRun? Run { get; init; }

    /// <summary>What a verification found.</summary>
    public VerificationReport? Report { get; init; }

    /// <summary>The keys that it is about, each with what it is or what was done with it.</summary>
    public IReadOnlyList<NamedKey> Keys { get; init; } = [];
}

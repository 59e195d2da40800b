using TraderHub.Core.Platform;

namespace TraderHub.Core.Trading.Traders;

/// <summary>The zone in which a trader's days are as long as none is chosen (rule T3).</summary>
/// <param name="Zone">The zone.</param>
/// <param name="Source">What suggested it: <c>cookie</c>, <c>language</c>, or <c>default</c> for nothing.</param>
public sealed record AssumedZone(UserZone Zone, string Source)
{
    /// <summary>The zone of a trader of whom nothing suggests one.</summary>
    public static AssumedZone Default { get; } = new(UserZone.Utc, "default");
}

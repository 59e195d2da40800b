using NodaTime;

namespace TraderHub.Web.Home;

/// <summary>How today goes, in US dollars.</summary>
/// <param name="StartBalance">What the day began with.</param>
/// <param name="Profit">What it has brought so far; null when it cannot be judged.</param>
/// <param name="TargetAmount">What it should bring.</param>
/// <param name="TargetPercent">The same in percent of the start and what came in.</param>
/// <param name="EndsAt">When the day ends.</param>
public sealed record TargetView(decimal StartBalance, decimal? Profit, decimal TargetAmount, decimal TargetPercent, Instant EndsAt)
{
    /// <summary>What came in less what went out, which is no profit.</summary>
    public decimal NetFlows { get; init; }

    /// <summary>The profit in percent of the start and what came in; 0 when that is nothing.</summary>
    public decimal ProfitPercent { get; init; }

    /// <summary>Why the day cannot be judged, each a sentence for a person; empty when it can.</summary>
    public IReadOnlyList<string> Obstacles { get; init; } = [];

    /// <summary>The profit in percent of the target; 0 without a target.</summary>
    public decimal ProgressPercent => TargetAmount > 0 ? (Profit ?? 0) / TargetAmount * 100 : 0;

    /// <summary>Whether the day has brought what it should.</summary>
    public bool IsReached => ProgressPercent >= 100;
}

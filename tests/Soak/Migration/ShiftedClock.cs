namespace TraderHub.Soak.Migration;

/// <summary>The system's clock, some time away: what happened yesterday, or what is looked at a minute later.</summary>
internal sealed class ShiftedClock(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
}

using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime;

/// <summary>
/// Reads the times that a client's clock gave. A client that says what its clock shows as it sends may have set it as it likes: its times are moved by
/// the difference, so that what lies between them stays as it is (rule V6). A difference that is less than the clock can show is none.
/// </summary>
public sealed class ClientClock
{
    /// <summary>How far from now a time may lie.</summary>
    private static readonly Duration Reach = Duration.FromDays(366);

    /// <summary>What the way of a request and a second's rounding may make of a time: that much too late is now.</summary>
    private static readonly Duration Tolerance = Duration.FromSeconds(60);

    private readonly Instant now;
    private readonly Duration offset;

    private ClientClock(Instant now, Duration offset) => (this.now, this.offset) = (now, offset);

    /// <summary>The clock of a client that shows a time; one that shows none is right.</summary>
    public static Result<ClientClock> Of(Instant now, ReportedTime? clientTime)
    {
        if (clientTime is not { } shown)
        {
            return new ClientClock(now, Duration.Zero);
        }

        var difference = now - shown.Instant;
        return Duration.Max(difference, -difference) <= Reach
            ? new ClientClock(now, Whole(difference, shown.Resolution))
            : Refuse("client_time", "must not be further than a year from the time here; correct the clock.");
    }

    /// <summary>A time as the clock here would have shown it, in milliseconds; null stays null.</summary>
    public Result<Instant?> Read(Instant? reported, string field)
    {
        if (reported is not { } shown)
        {
            return (Instant?)null;
        }

        // Beside the bounds of what can be counted with, too.
        var distance = Duration.Max(now - shown, shown - now);
        var corrected = distance <= Reach * 2 ? shown + offset : shown;
        if (corrected > now + Tolerance)
        {
            return Refuse(field, "lies in the future. Where the clock may be wrong, send what it shows as 'client_time'.");
        }

        return corrected >= now - Reach
            ? Instant.FromUnixTimeMilliseconds(Instant.Min(corrected, now).ToUnixTimeMilliseconds())
            : Refuse(field, "lies more than a year back.");
    }

    /// <summary>As much of a difference as a clock of such steps can show: what lies below one of them may be its rounding.</summary>
    private static Duration Whole(Duration difference, Duration resolution) => resolution * (long)(difference / resolution);

    private static Error Refuse(string field, string problem) =>
        new(ErrorKind.RuleBroken, "TIME_NOT_PLAUSIBLE", $"The time in '{field}' {problem}") { Fields = new Dictionary<string, string[]> { [field] = [problem] } };
}

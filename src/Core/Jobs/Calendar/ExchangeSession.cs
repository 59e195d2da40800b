using NodaTime;

namespace TraderHub.Core.Jobs.Calendar;

/// <summary>A day's trading in New York: the half-open stretch of time [<see cref="Open"/>, <see cref="Close"/>).</summary>
/// <param name="Date">The business date.</param>
/// <param name="Open">09:30 in New York.</param>
/// <param name="Close">16:00 in New York, or 13:00 on the days that end early.</param>
/// <param name="IsEarlyClose">Whether it ends early.</param>
public sealed record ExchangeSession(LocalDate Date, Instant Open, Instant Close, bool IsEarlyClose)
{
    /// <summary>Whether it is trading at an instant.</summary>
    public bool Contains(Instant instant) => Open <= instant && instant < Close;
}

using NodaTime;
using NodaTime.Text;

namespace TraderHub.Core.Platform;

/// <summary>
/// Dates and times as they come from outside, in ISO-8601's extended form (rule H6). Of dates the years are 1 to 9998, so that a day more or less is still
/// a date; a day ends at 23:59:59, and offsets are those that zones have.
/// </summary>
public static class IsoTimes
{
    private const int LastYear = 9998;

    private const string Date = "yyyy-MM-dd";

    private const string Minutes = $"{Date}'T'HH:mm";

    private const string Seconds = $"{Minutes}:ss";

    private const string Offset = "o<Z+HH:mm>";

    /// <summary>Years of the era: unlike absolute ones they have no sign, and there is no year 0.</summary>
    private static readonly LocalDatePattern Dates = LocalDatePattern.CreateWithInvariantCulture(Date);

    private static readonly OffsetDateTimePattern WithSeconds = OffsetDateTimePattern.CreateWithInvariantCulture($"{Seconds};FFFFFFFFF{Offset}");

    private static readonly OffsetDateTimePattern WithMinutes = OffsetDateTimePattern.CreateWithInvariantCulture($"{Minutes}{Offset}");

    private static readonly NodaTime.Offset FarthestWest = NodaTime.Offset.FromHours(-12);

    private static readonly NodaTime.Offset FarthestEast = NodaTime.Offset.FromHours(14);

    /// <summary>A date such as <c>2026-11-21</c>; null when the text is none.</summary>
    public static LocalDate? ParseDate(string text) =>
        Dates.Parse(text) is { Success: true, Value: { Year: <= LastYear } date } ? date : null;

    /// <summary>A time such as <c>2026-11-21T09:30:00Z</c>, in UTC or with its offset; null when the text is none.</summary>
    public static ReportedTime? ParseTime(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Contains("T24", StringComparison.Ordinal))
        {
            return null;
        }

        var hasMinutes = WithMinutes.Parse(text) is { Success: true };
        var parsed = (hasMinutes ? WithMinutes : WithSeconds).Parse(text);
        return parsed is { Success: true, Value: var time }
            && time.Offset >= FarthestWest
            && time.Offset <= FarthestEast
            && (time.Year <= LastYear || time.Offset == NodaTime.Offset.Zero)
            ? new ReportedTime(time.ToInstant(), hasMinutes ? Duration.FromMinutes(1) : ResolutionOf(text))
            : null;
    }

    /// <summary>A time in UTC such as <c>2026-11-21T09:30:00Z</c>; null when the text is none.</summary>
    public static Instant? ParseUtc(string text) => text?.EndsWith('Z') is true ? ParseTime(text)?.Instant : null;

    private static Duration ResolutionOf(string text)
    {
        var digits = text.AsSpan(text.IndexOfAny(['.', ',']) is var point and >= 0 ? point + 1 : text.Length);
        var count = digits.IndexOfAnyExceptInRange('0', '9');
        var resolution = NodaConstants.NanosecondsPerSecond;
        for (var i = 0; i < Math.Max(0, count); i++)
        {
            resolution /= 10;
        }

        return Duration.FromNanoseconds(resolution);
    }
}

/// <summary>A time that somebody's clock has shown.</summary>
/// <param name="Instant">The time.</param>
/// <param name="Resolution">The smallest difference that its digits can show.</param>
public readonly record struct ReportedTime(Instant Instant, Duration Resolution);

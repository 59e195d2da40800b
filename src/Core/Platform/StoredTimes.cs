using System.Globalization;
using NodaTime;

namespace TraderHub.Core.Platform;

/// <summary>
/// Times as the columns of adopted tables hold them. We write one format; the systems before us wrote <c>2026-01-08T12:46:00.000Z</c> and, where SQLite's
/// <c>datetime('now')</c> was the default, <c>2026-01-08 12:46:00</c>, and both mean UTC.
/// </summary>
public static class StoredTimes
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    private const int LengthOfDate = 10;

    /// <summary>The time of a text; null when it is none.</summary>
    public static Instant? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (Clock.IsoPattern.Parse(text) is { Success: true } ours)
        {
            return ours.Value;
        }

        // What has no date in front, .NET would take for a time of today.
        var hasDate = text.Length >= LengthOfDate && IsoTimes.ParseDate(text[..LengthOfDate]) is not null;
        return hasDate && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var time) ? Instant.FromDateTimeOffset(time) : null;
    }

    /// <summary>The time of a text that must be one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Instant Read(string text) => Parse(text) ?? throw new FormatException($"'{text}' is stored as a time, and is none.");
}

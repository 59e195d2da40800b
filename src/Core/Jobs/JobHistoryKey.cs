using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs;

/// <summary>
/// An execution's place in the history: by business date, then by when it was executed, then by id. Date and time are the texts that are stored,
/// whose order the history has: adopted rows hold other forms of them than ours.
/// </summary>
/// <param name="Date">The business date.</param>
/// <param name="Time">When it was executed.</param>
/// <param name="Id">The id.</param>
public readonly record struct JobHistoryKey(string Date, string Time, long Id) : IParsable<JobHistoryKey>
{
    private const char Separator = '|';

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out JobHistoryKey result)
    {
        result = default;
        if (s?.Split(Separator) is not [var date, var time, var id]
            || !PlainText.IsPlain(s)
            || !long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        result = new(date, time, number);
        return true;
    }

    /// <inheritdoc />
    public static JobHistoryKey Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var key) ? key : throw new FormatException($"'{s}' is no place in the history.");

    /// <summary>Whether this place comes before another one, seen from the oldest.</summary>
    public bool IsBefore(JobHistoryKey other)
    {
        var byDate = string.CompareOrdinal(Date, other.Date);
        var byTime = byDate == 0 ? string.CompareOrdinal(Time, other.Time) : byDate;
        return (byTime == 0 ? Id.CompareTo(other.Id) : byTime) < 0;
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Date}{Separator}{Time}{Separator}{Id}");
}

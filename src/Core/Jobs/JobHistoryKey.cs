using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs;

/// <summary>An execution's place in the history: by business date, then by when it was executed, then by id.</summary>
/// <param name="Date">The business date.</param>
/// <param name="ExecutedAt">When it was executed.</param>
/// <param name="Id">The id.</param>
public readonly record struct JobHistoryKey(LocalDate Date, Instant ExecutedAt, long Id) : IParsable<JobHistoryKey>
{
    private const char Separator = '|';

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out JobHistoryKey result)
    {
        result = default;
        if (s?.Split(Separator) is not [var date, var at, var id]
            || LocalDatePattern.Iso.Parse(date) is not { Success: true } day
            || Clock.IsoPattern.Parse(at) is not { Success: true } instant
            || !long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        result = new(day.Value, instant.Value, number);
        return true;
    }

    /// <inheritdoc />
    public static JobHistoryKey Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var key) ? key : throw new FormatException($"'{s}' is no place in the history.");

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Date.ToIso()}{Separator}{ExecutedAt.ToIso()}{Separator}{Id}");
}

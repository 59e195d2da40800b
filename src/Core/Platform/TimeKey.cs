using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NodaTime;

namespace TraderHub.Core.Platform;

/// <summary>The place of a row in a list that is ordered by time, and by id among rows of the same instant.</summary>
/// <param name="At">The row's instant.</param>
/// <param name="Id">The row's id.</param>
public readonly record struct TimeKey(Instant At, long Id) : IParsable<TimeKey>
{
    private const char Separator = '.';

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TimeKey result)
    {
        result = default;
        if (s?.Split(Separator) is not [var at, var id]
            || !long.TryParse(at, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ticks)
            || ticks < Instant.MinValue.ToUnixTimeTicks()
            || ticks > Instant.MaxValue.ToUnixTimeTicks()
            || !long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        result = new(Instant.FromUnixTimeTicks(ticks), number);
        return true;
    }

    /// <inheritdoc />
    public static TimeKey Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var key) ? key : throw new FormatException($"'{s}' is not a time and an id.");

    /// <summary>The text that <see cref="Parse"/> reads; exact to the tick of 100 ns.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.ToUnixTimeTicks()}{Separator}{Id}");
}

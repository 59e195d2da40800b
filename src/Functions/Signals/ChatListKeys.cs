using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TraderHub.Functions.Signals;

/// <summary>The place of a row in a list that is ordered by a text, such as an id or a ticker.</summary>
internal readonly record struct TextKey(string Text) : IParsable<TextKey>
{
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TextKey result)
    {
        result = new(s ?? string.Empty);
        return s is { Length: > 0 };
    }

    public static TextKey Parse(string s, IFormatProvider? provider) => new(s);

    public override string ToString() => Text;
}

/// <summary>The place of an execution in its chat's history: by its date, then by how many were recorded before it.</summary>
internal readonly record struct ExecutionKey(long Date, long Place) : IParsable<ExecutionKey>
{
    private const char Separator = '.';

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ExecutionKey result)
    {
        result = default;
        if (s?.Split(Separator) is not [var date, var place]
            || !long.TryParse(date, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var moment)
            || !long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        result = new(moment, number);
        return true;
    }

    public static ExecutionKey Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var key) ? key : throw new FormatException($"'{s}' is no place.");

    /// <summary>Whether another is behind this one in a list whose newest are first.</summary>
    public bool IsBefore(ExecutionKey other) => (Date, Place).CompareTo((other.Date, other.Place)) > 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Date}{Separator}{Place}");
}

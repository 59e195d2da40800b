using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TraderHub.Functions.Http;

/// <summary>
/// Reads the numbers of JSON, which has no whole ones: 1, 1.0 and 1e0 are the same number (rule H7). A decimal has no more digits than anybody means:
/// JSON can spell ones that no column keeps and no page shows.
/// </summary>
internal static class JsonNumbers
{
    /// <summary>What a whole number must be.</summary>
    public const string WholeNumber = "must be a whole number.";

    /// <summary>What a decimal must be.</summary>
    public const string Decimal = "must be a number with at most 12 digits before the point and 8 after it.";

    private const decimal LargestDecimal = 999_999_999_999.99999999m;

    private const int MostPlaces = 8;

    private const int MostDigits = 20;

    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>A whole number of a range; null when it is none.</summary>
    public static JsonNode? Whole(JsonElement number, long smallest, long largest)
    {
        if (number.TryGetInt64(out var whole))
        {
            return whole >= smallest && whole <= largest ? JsonValue.Create(whole) : null;
        }

        return IsExact(number, out var value) && decimal.IsInteger(value) && value >= smallest && value <= largest
            ? JsonValue.Create((long)value)
            : null;
    }

    /// <summary>A decimal; null when it has more digits.</summary>
    public static JsonNode? Exact(JsonElement number) =>
        IsExact(number, out var value) && Math.Abs(value) <= LargestDecimal && decimal.Round(value, MostPlaces) is var rounded && rounded == value
            ? JsonValue.Create(rounded)
            : null;

    /// <summary>Whether a number can be told by a decimal with all its digits; .NET rounds the others.</summary>
    private static bool IsExact(JsonElement number, out decimal value)
    {
        var text = number.GetRawText();
        var digits = text.Split('e', 'E')[0].Replace(".", string.Empty, StringComparison.Ordinal).Trim('-', '0');
        return decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out value)
            && digits.Length <= MostDigits
            && (value != 0 || digits.Length == 0);
    }
}

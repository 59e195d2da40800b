using System.Globalization;
using System.Text.Json;
using TraderHub.Core.Migration.Entities;

namespace TraderHub.Core.Signals;

/// <summary>The ids of Telegram's chats. They are text everywhere; <c>123</c> and <c>"123"</c> are the same.</summary>
public static class ChatId
{
    /// <summary>The most characters that one has: far more than Telegram's, and with any prefix still a key.</summary>
    public const int Longest = 100;

    /// <summary>The largest number that JavaScript, which writes ids as numbers, tells from its neighbours.</summary>
    private const long LargestSafeNumber = (1L << 53) - 1;

    /// <summary>Whether a text can be one.</summary>
    public static bool IsValid(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 0 and <= Longest && !text.Any(character => char.IsControl(character) || char.IsWhiteSpace(character) || char.IsSurrogate(character));
    }

    /// <summary>An id that JSON has as a number or as a text; null when it is none.</summary>
    public static string? Read(JsonElement field)
    {
        var id = field.ValueKind == JsonValueKind.Number && field.TryGetInt64(out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : StrictJson.TryGetText(field, out var text) ? text : string.Empty;
        return IsValid(id) ? id : null;
    }

    /// <summary>The number that an id is written as; null when it can only be text.</summary>
    public static long? ToNumber(string id) =>
        long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number is >= -LargestSafeNumber and <= LargestSafeNumber
            && number.ToString(CultureInfo.InvariantCulture) == id
            ? number
            : null;
}

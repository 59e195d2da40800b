using System.Globalization;
using System.Text.Json;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Signals;

/// <summary>Reads what callers send of chats.</summary>
internal static class ChatChecks
{
    public const string ChatIdRule = "must be a chat's id: a whole number, or a text of at most 100 characters without spaces.";

    private const string PriceRule = "must be above 0.";

    private const string DateRule = "must be a date such as 2024-01-15, an instant in UTC such as 2024-01-15T14:30:00Z, or unix milliseconds, of the years 1 to 9999.";

    /// <summary>The largest number that every program reads as it is written.</summary>
    private const long LargestNumber = (1L << 53) - 1;

    /// <summary>A chat's id of a body; empty when it is none, which is noted.</summary>
    public static string ReadChatId(JsonElement sent, FieldErrors errors)
    {
        var id = sent.ValueKind switch
        {
            JsonValueKind.Number => JsonNumbers.Whole(sent, -LargestNumber, LargestNumber)?.GetValue<long>().ToString(CultureInfo.InvariantCulture),
            JsonValueKind.String when JsonTexts.FindProblem(sent, hasLines: false) is null => sent.GetString(),
            _ => null,
        };
        var isValid = id is not null && ChatId.IsValid(id);
        errors.Require(isValid, "chatId", ChatIdRule);
        return isValid ? id! : string.Empty;
    }

    /// <summary>A ticker as it is stored; empty when it is none, which is noted.</summary>
    public static string ReadTicker(string? sent, string field, FieldErrors errors)
    {
        // An element of a list that is no text is null here.
        var ticker = Ticker.Normalize(sent ?? string.Empty);
        errors.Require(ticker is not null, field, Ticker.Rule);
        return ticker ?? string.Empty;
    }

    /// <summary>Notes it when a price is none.</summary>
    public static void CheckPrice(decimal? sent, string field, FieldErrors errors) => errors.Require(sent is not <= 0, field, PriceRule);

    /// <summary>When something was done, in unix milliseconds; null when nothing is said of it, or what is wrong with it, which is noted.</summary>
    public static long? ReadDate(JsonElement? sent, string field, FieldErrors errors)
    {
        if (sent is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } date)
        {
            return null;
        }

        var moment = date.ValueKind switch
        {
            JsonValueKind.Number => JsonNumbers.Whole(date, long.MinValue, long.MaxValue)?.GetValue<long>(),
            JsonValueKind.String when JsonTexts.FindProblem(date, hasLines: false) is null => ParseMoment(date.GetString()!)?.ToUnixTimeMilliseconds(),
            _ => null,
        };
        errors.Require(moment is { } found && Core.Signals.Chats.ChatRules.IsDate(found), field, DateRule);
        return moment;
    }

    /// <summary>An instant, or a date's midnight in UTC.</summary>
    public static Instant? ParseMoment(string text) => IsoTimes.ParseUtc(text) ?? IsoTimes.ParseDate(text)?.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();
}

using System.Text.Json;

namespace TraderHub.Data.Upstream.Telegram;

/// <summary>What the Bot API answered: a result, or why there is none.</summary>
/// <param name="Result">The result; undefined when it refused.</param>
/// <param name="ErrorCode">The code of the refusal; 0 when there is a result.</param>
/// <param name="Description">Its words, without the token.</param>
/// <param name="RetryAfter">How long to wait; null when it does not say.</param>
/// <param name="MovedTo">The chat that the chat has become.</param>
internal sealed record TelegramAnswer(JsonElement Result, int ErrorCode, string? Description, TimeSpan? RetryAfter, string? MovedTo)
{
    private const int LongestDescription = 300;

    /// <summary>The longest wait that is believed; more is no number of seconds.</summary>
    private const long LongestWait = 30 * 24 * 60 * 60;

    public bool IsOk => ErrorCode == 0;

    /// <summary>Reads an answer of a status; null when it is not the API's.</summary>
    public static TelegramAnswer? Read(int status, JsonElement answer, string token)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("ok", out var ok))
        {
            return null;
        }

        if (ok.ValueKind == JsonValueKind.True)
        {
            return status == 200 && answer.TryGetProperty("result", out var result) ? new(result.Clone(), 0, null, null, null) : null;
        }

        var code = NumberOf(answer, "error_code") is >= 300 and < 600 and var number ? (int)number : status;
        var description = answer.TryGetProperty("description", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()!.Replace(token, "***", StringComparison.Ordinal) : null;
        var parameters = answer.TryGetProperty("parameters", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
        return code < 300 ? null : new(
            default,
            code,
            description is { Length: > LongestDescription } ? description[..LongestDescription] : description,
            NumberOf(parameters, "retry_after") is > 0 and var seconds ? TimeSpan.FromSeconds(Math.Min(seconds, LongestWait)) : null,
            NumberOf(parameters, "migrate_to_chat_id") is { } chat ? $"{chat}" : null);
    }

    private static long? NumberOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : null;
}

using System.Text.Json;

namespace TraderHub.Functions.Tests.Trading;

/// <summary>Short ways to what an answer says.</summary>
internal static class AnswerReading
{
    public static string? Text(this JsonElement answer, string field) => answer.GetProperty(field).GetString();

    public static decimal? Number(this JsonElement answer, string field) =>
        answer.GetProperty(field) is { ValueKind: not JsonValueKind.Null } number ? number.GetDecimal() : null;

    public static IEnumerable<string?> Missing(this JsonElement answer) => answer.GetProperty("missing").EnumerateArray().Select(name => name.GetString());
}

using System.Text;
using System.Text.Json;

namespace TraderHub.Soak.Migration;

/// <summary>
/// Histories of executions, in which each operation can be seen: it appends one of a price that no other has. Executions that are alike are as many as there are
/// (rule M22), so that one that was done twice can be seen too.
/// </summary>
internal static class Executions
{
    /// <summary>The key of a chat.</summary>
    public static string KeyOf(int chat) => $"execution_history:{chat}";

    public static byte[] Append(ReadOnlyMemory<byte>? current, string price)
    {
        var text = current is { } value ? Encoding.UTF8.GetString(value.Span) : "[]";
        return Encoding.UTF8.GetBytes($"{text[..^1]}{(text.Length > 2 ? "," : string.Empty)}{Execution(price)}]");
    }

    public static IReadOnlyList<string> PricesOf(ReadOnlyMemory<byte>? value)
    {
        if (value is null)
        {
            return [];
        }

        using var document = JsonDocument.Parse(value.Value);
        return [.. document.RootElement.EnumerateArray().Select(one => one.GetProperty("executionPrice").GetRawText())];
    }

    private static string Execution(string price) => $$"""{"signalType":"BUY","ticker":"SPY","executionPrice":{{price}},"executionDate":1795253400000}""";
}

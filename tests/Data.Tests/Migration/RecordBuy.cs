using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;

namespace TraderHub.Data.Tests.Migration;

/// <summary>A purchase that goes into a chat's history and, under a name that it is known by, onto its watchlist.</summary>
internal sealed class RecordBuy() : MultiKeyOperation<RecordBuy.Arguments, RecordBuy.Decision>(RecordBuyJson.Default.Arguments, RecordBuyJson.Default.Decision)
{
    public static RecordBuy Kind { get; } = new();

    public override string Name => "tests.record-buy";

    public static string Execution(string price) => $$"""{"signalType":"BUY","ticker":"SPY","executionPrice":{{price}},"executionDate":1795253400000}""";

    /// <summary>A list with one more element.</summary>
    public static byte[] Append(ReadOnlyMemory<byte>? list, string element)
    {
        var text = list is { } value ? Encoding.UTF8.GetString(value.Span) : "[]";
        return Encoding.UTF8.GetBytes($"{text[..^1]}{(text.Length > 2 ? "," : string.Empty)}{element}]");
    }

    protected override IReadOnlyList<string> KeysOf(Arguments arguments) => [HistoryOf(arguments.Chat), WatchlistOf(arguments.Chat)];

    protected override Result<Decision> Decide(Arguments arguments, IReadOnlyDictionary<string, ReadOnlyMemory<byte>?> values) =>
        new Decision(string.Create(CultureInfo.InvariantCulture, $"T{arguments.Price}"));

    protected override KeyChange Change(Arguments arguments, Decision decision, string key, ReadOnlyMemory<byte>? current) =>
        KeyChange.Put(key == HistoryOf(arguments.Chat) ? Append(current, Execution(arguments.Price)) : Append(current, JsonSerializer.Serialize(decision.Ticker, RecordBuyJson.Default.String)));

    private static string HistoryOf(int chat) => string.Create(CultureInfo.InvariantCulture, $"execution_history:{chat}");

    private static string WatchlistOf(int chat) => string.Create(CultureInfo.InvariantCulture, $"watchlist:{chat}");

    internal sealed record Arguments(int Chat, string Price);

    internal sealed record Decision(string Ticker);
}

[JsonSerializable(typeof(RecordBuy.Arguments))]
[JsonSerializable(typeof(RecordBuy.Decision))]
internal sealed partial class RecordBuyJson : JsonSerializerContext;

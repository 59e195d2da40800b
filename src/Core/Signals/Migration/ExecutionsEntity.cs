using System.Text.Json;
using TraderHub.Core.Migration.Entities;

namespace TraderHub.Core.Signals.Migration;

/// <summary>A signal that a chat's owner acted on.</summary>
/// <param name="SignalType"><c>BUY</c> or <c>SELL</c>.</param>
/// <param name="Ticker">The symbol.</param>
/// <param name="ExecutionPrice">The price that it was done at, as JavaScript and the tables have it.</param>
/// <param name="ExecutionDate">When, in unix milliseconds.</param>
/// <param name="SignalPrice">The price that the signal named; null when none is known.</param>
public sealed record ExecutedSignal(string SignalType, string Ticker, double ExecutionPrice, long ExecutionDate, double? SignalPrice);

/// <summary>A chat's executions: <c>execution_history:{chatId}</c>, a list in the order that they were recorded in. Two that are alike are two.</summary>
public sealed class ExecutionsEntity : IEntity<IReadOnlyList<ExecutedSignal>>
{
    /// <inheritdoc />
    public string Name => "signals.executions";

    /// <inheritdoc />
    public string Prefix => "execution_history:";

    /// <inheritdoc />
    public bool KeepsRows => false;

    /// <inheritdoc />
    public bool KeepsText => false;

    /// <inheritdoc />
    public bool Owns(string key) => ChatKeys.Owns(Prefix, key);

    /// <inheritdoc />
    public Parsed<IReadOnlyList<ExecutedSignal>> Parse(string key, ReadOnlyMemory<byte> value) => JsonList.Parse<ExecutedSignal>(value, Read);

    /// <inheritdoc />
    public byte[] Render(IReadOnlyList<ExecutedSignal> value, IReadOnlyList<RejectedElement> rejected) => JsonList.Render(value, rejected, Write);

    private static void Write(Utf8JsonWriter writer, ExecutedSignal execution)
    {
        writer.WriteStartObject();
        writer.WriteString("signalType", execution.SignalType);
        writer.WriteString("ticker", execution.Ticker);
        writer.WriteNumber("executionPrice", execution.ExecutionPrice);
        writer.WriteNumber("executionDate", execution.ExecutionDate);
        if (execution.SignalPrice is { } price)
        {
            writer.WriteNumber("signalPrice", price);
        }

        writer.WriteEndObject();
    }

    private static string? Read(JsonElement element, out ExecutedSignal execution)
    {
        execution = null!;
        if (element.ValueKind != JsonValueKind.Object || !StrictJson.IsStorable(element))
        {
            return "It is no execution.";
        }

        if (!StrictJson.TryGetText(element.Field("signalType"), out var type) || type is not ("BUY" or "SELL"))
        {
            return "Its signalType is neither BUY nor SELL.";
        }

        if (element.Field("ticker").Ticker() is not { } ticker)
        {
            return "Its ticker is none.";
        }

        if (element.Field("executionPrice").Price() is not { } price)
        {
            return "Its executionPrice is no number.";
        }

        if (element.Field("executionDate").Moment() is not { } date)
        {
            return "Its executionDate is no moment in milliseconds.";
        }

        var signalPrice = element.Field("signalPrice");
        execution = new(type, ticker, price, date, signalPrice.Price());
        return execution.SignalPrice is null && !signalPrice.IsMissing() ? "Its signalPrice is no number." : null;
    }
}

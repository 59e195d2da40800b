using System.Text.Json;
using TraderHub.Core.Migration.Entities;

namespace TraderHub.Core.Signals.Migration;

/// <summary>A position that a chat's owner has.</summary>
/// <param name="Ticker">The symbol.</param>
/// <param name="EntryPrice">What it was bought at, as JavaScript and the tables have it.</param>
public sealed record HeldPosition(string Ticker, double EntryPrice);

/// <summary>
/// A chat's positions: <c>active_position:{chatId}</c>. The bot knew one, which is an object; several are a list, in which the last is the newest.
/// </summary>
public sealed class PositionsEntity : IEntity<IReadOnlyList<HeldPosition>>
{
    /// <inheritdoc />
    public string Name => "signals.positions";

    /// <inheritdoc />
    public string Prefix => "active_position:";

    /// <inheritdoc />
    public bool KeepsRows => false;

    /// <inheritdoc />
    public bool KeepsText => false;

    /// <inheritdoc />
    public bool Owns(string key) => ChatKeys.Owns(Prefix, key);

    /// <inheritdoc />
    public Parsed<IReadOnlyList<HeldPosition>> Parse(string key, ReadOnlyMemory<byte> value) =>
        JsonList.Parse<HeldPosition>(value, Read, position => position.Ticker, mayBeOne: true);

    /// <inheritdoc />
    public byte[] Render(IReadOnlyList<HeldPosition> value, IReadOnlyList<RejectedElement> rejected) =>
        JsonList.Render(value, rejected, Write, mayBeOne: true);

    private static void Write(Utf8JsonWriter writer, HeldPosition position)
    {
        writer.WriteStartObject();
        writer.WriteString("ticker", position.Ticker);
        writer.WriteNumber("entryPrice", position.EntryPrice);
        writer.WriteEndObject();
    }

    private static string? Read(JsonElement element, out HeldPosition position)
    {
        position = null!;
        if (element.ValueKind != JsonValueKind.Object || !StrictJson.IsStorable(element))
        {
            return "It is no position.";
        }

        if (element.Field("ticker").Ticker() is not { } ticker)
        {
            return "Its ticker is none.";
        }

        if (element.Field("entryPrice").Price() is not { } price)
        {
            return "Its entryPrice is no number.";
        }

        position = new(ticker, price);
        return null;
    }
}

using System.Text.Json;
using TraderHub.Core.Migration.Entities;

namespace TraderHub.Core.Signals.Migration;

/// <summary>
/// The chats that are subscribed: <c>chat_ids</c>, a list of ids. It is a set, which is written in one order: tables have no other. Whoever is no longer in it
/// stays a user, without a subscription.
/// </summary>
public sealed class SubscriptionsEntity : IEntity<IReadOnlyList<string>>
{
    /// <summary>The key.</summary>
    public const string Key = "chat_ids";

    /// <inheritdoc />
    public string Name => "signals.subscriptions";

    /// <inheritdoc />
    public string Prefix => Key;

    /// <inheritdoc />
    public bool KeepsRows => false;

    /// <inheritdoc />
    public bool KeepsText => false;

    /// <inheritdoc />
    public bool Owns(string key) => key == Key;

    /// <inheritdoc />
    public Parsed<IReadOnlyList<string>> Parse(string key, ReadOnlyMemory<byte> value) => JsonList.Parse<string>(value, Read, id => id);

    /// <inheritdoc />
    public byte[] Render(IReadOnlyList<string> value, IReadOnlyList<RejectedElement> rejected) =>
        JsonList.Render([.. value.Order(StringComparer.Ordinal)], rejected, Write);

    /// <summary>As the bot writes them, which compares ids with their kind: numbers, unless an id can only be text.</summary>
    private static void Write(Utf8JsonWriter writer, string id)
    {
        if (ChatId.ToNumber(id) is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(id);
        }
    }

    private static string? Read(JsonElement element, out string id)
    {
        id = ChatId.Read(element) ?? string.Empty;
        return id.Length > 0 ? null : "It is no chat's id.";
    }
}

using System.Text.Json;
using TraderHub.Core.Migration.Entities;

namespace TraderHub.Core.Signals.Telegram.Updates;

/// <summary>
/// Reads updates by the few fields that matter here. Whatever else Telegram sends, today or later, is an update without anything to do: refusing it would have
/// Telegram send it for ever.
/// </summary>
public static class UpdateReader
{
    /// <summary>An update; null when it has no number, and therefore is none.</summary>
    public static IncomingUpdate? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("update_id", out var id) || id.ValueKind != JsonValueKind.Number || !id.TryGetInt64(out var updateId))
        {
            return null;
        }

        return Child(root, "message") is { } message ? ReadMessage(updateId, message)
            : Child(root, "my_chat_member") is { } member ? ReadMember(updateId, member)
            : new(updateId, UpdateKind.Other);
    }

    private static IncomingUpdate ReadMessage(long updateId, JsonElement message)
    {
        if (ChatOf(message) is not { } chat)
        {
            return new(updateId, UpdateKind.Other);
        }

        if (IdOf(message, "migrate_to_chat_id") is { } movedTo)
        {
            return new(updateId, UpdateKind.MovedTo, chat.Id) { IsGroup = true, OtherChatId = movedTo };
        }

        if (IdOf(message, "migrate_from_chat_id") is { } movedFrom)
        {
            return new(updateId, UpdateKind.MovedFrom, chat.Id) { IsGroup = true, OtherChatId = movedFrom };
        }

        return TextOf(message) is { } text && text.StartsWith('/')
            ? new(updateId, UpdateKind.Command, chat.Id)
            {
                IsGroup = chat.IsGroup,
                Text = text,
                UserId = Child(message, "from") is { } from && from.TryGetProperty("id", out var user) && user.ValueKind == JsonValueKind.Number && user.TryGetInt64(out var userId)
                    ? userId
                    : null,
                IsByGroup = Child(message, "sender_chat") is { } sender && IdOf(sender, "id") == chat.Id,
            }
            : new(updateId, UpdateKind.Other);
    }

    private static IncomingUpdate ReadMember(long updateId, JsonElement member)
    {
        if (ChatOf(member) is not { } chat || Child(member, "new_chat_member") is not { } now)
        {
            return new(updateId, UpdateKind.Other);
        }

        return now.TryGetProperty("status", out var status) && StrictJson.TryGetText(status, out var text)
            ? new(updateId, text is "left" or "kicked" ? UpdateKind.BotLeft : UpdateKind.BotJoined, chat.Id) { IsGroup = chat.IsGroup }
            : new(updateId, UpdateKind.Other);
    }

    private static (string Id, bool IsGroup)? ChatOf(JsonElement element) =>
        Child(element, "chat") is { } chat && IdOf(chat, "id") is { } id
            ? (id, chat.TryGetProperty("type", out var type) && StrictJson.TryGetText(type, out var text) && text is "group" or "supergroup")
            : null;

    /// <summary>Text that can be stored; null when there is none.</summary>
    private static string? TextOf(JsonElement message) =>
        message.TryGetProperty("text", out var field) && StrictJson.IsStorable(field) && StrictJson.TryGetText(field, out var text) ? text.Trim() : null;

    private static string? IdOf(JsonElement element, string name) => element.TryGetProperty(name, out var field) ? ChatId.Read(field) : null;

    private static JsonElement? Child(JsonElement element, string name) =>
        element.TryGetProperty(name, out var child) && child.ValueKind == JsonValueKind.Object ? child : null;
}

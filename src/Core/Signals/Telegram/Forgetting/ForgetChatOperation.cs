using System.Text.Json.Serialization;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Signals.Migration;

namespace TraderHub.Core.Signals.Telegram.Forgetting;

/// <summary>Deletes a chat's keys and takes the chat out of the subscribers; also what of the keys does not parse.</summary>
public sealed class ForgetChatOperation() : MultiKeyOperation<ForgottenChat, ForgottenChat>(ForgetChatJson.Default.ForgottenChat, ForgetChatJson.Default.ForgottenChat)
{
    private static readonly SubscriptionsEntity Subscriptions = new();

    /// <inheritdoc />
    public override string Name => "signals.forget-chat";

    /// <summary>The keys that are a chat's own.</summary>
    public static IReadOnlyList<string> OwnKeysOf(string chatId) => ChatValues.OwnedBy(chatId);

    /// <summary>The subscribers without a chat; null when there are none, or they cannot be read.</summary>
    /// <remarks>An array that is null would become an empty value without a word, and delete all of them.</remarks>
    internal static ReadOnlyMemory<byte>? Without(string chatId, ReadOnlyMemory<byte> subscribers)
    {
        var parsed = Subscriptions.Parse(SubscriptionsEntity.Key, subscribers);
        return parsed is { Error: null, Value: { } ids } && ids.Contains(chatId)
            ? Subscriptions.Render([.. ids.Where(id => id != chatId)], parsed.Rejected)
            : (ReadOnlyMemory<byte>?)null;
    }

    /// <inheritdoc />
    protected override IReadOnlyList<string> KeysOf(ForgottenChat arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return [.. OwnKeysOf(arguments.ChatId), SubscriptionsEntity.Key];
    }

    /// <inheritdoc />
    protected override Result<ForgottenChat> Decide(ForgottenChat arguments, IReadOnlyDictionary<string, ReadOnlyMemory<byte>?> values) => arguments;

    /// <inheritdoc />
    protected override KeyChange Change(ForgottenChat arguments, ForgottenChat decision, string key, ReadOnlyMemory<byte>? current)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return key != SubscriptionsEntity.Key ? KeyChange.Delete
            : current is not { } value ? KeyChange.Delete
            : KeyChange.Put(Without(decision.ChatId, value) ?? value);
    }
}

/// <summary>A chat that nothing is to be known of.</summary>
/// <param name="ChatId">Its id.</param>
public sealed record ForgottenChat(string ChatId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ForgottenChat))]
internal sealed partial class ForgetChatJson : JsonSerializerContext;

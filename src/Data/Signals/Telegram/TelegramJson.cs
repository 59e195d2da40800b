using System.Text.Json.Serialization;
using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Signals.Telegram.Updates;

namespace TraderHub.Data.Signals.Telegram;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IncomingUpdate))]
[JsonSerializable(typeof(UpdateDecision))]
[JsonSerializable(typeof(ChatChange))]
internal sealed partial class TelegramJson : JsonSerializerContext;

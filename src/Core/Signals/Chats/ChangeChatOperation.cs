using System.Text.Json.Serialization;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Signals.Chats;

/// <summary>A change of a chat, and what was decided of it before, if anything was.</summary>
internal sealed record ChatChangeRequest(ChatChange Change, PreparedChange? Prepared);

/// <summary>Changes a chat's keys by <see cref="ChatRules"/>.</summary>
internal sealed class ChangeChatOperation() : MultiKeyOperation<ChatChangeRequest, ChatDecision>(ChatsJson.Default.ChatChangeRequest, ChatsJson.Default.ChatDecision)
{
    public static ChangeChatOperation Kind { get; } = new();

    /// <summary>What ends an operation that has nothing to write.</summary>
    public static IReadOnlyDictionary<ChatOutcome, Error> NothingToWrite { get; } = new[] { ChatOutcome.Unchanged, ChatOutcome.Absent }.ToDictionary(
        outcome => outcome,
        outcome => new Error(ErrorKind.Conflict, "NOTHING_TO_WRITE", $"The chat is so already: {outcome}."));

    public override string Name => "signals.change-chat";

    /// <summary>Decides a change; a decision that was prepared stands only on the values that it was made on.</summary>
    public static Result<ChatDecision> DecideOn(ChatChangeRequest request, IReadOnlyDictionary<string, ReadOnlyMemory<byte>?> values)
    {
        var decided = request.Prepared is not { } prepared
            ? ChatValues.Read(request.Change.ChatId, values).Match(state => ChatRules.Decide(request.Change, state), unreadable => unreadable)
            : values.All(one => prepared.Hashes.GetValueOrDefault(one.Key) == ChatValues.HashOf(one.Key, one.Value)) ? prepared.Decision
            : IChatStore.StaleDecision;
        return decided.Match(decision => NothingToWrite.TryGetValue(decision.Outcome, out var nothing) ? nothing : (Result<ChatDecision>)decision, refusal => refusal);
    }

    protected override IReadOnlyList<string> KeysOf(ChatChangeRequest arguments) => ChatValues.Of(arguments.Change);

    protected override Result<ChatDecision> Decide(ChatChangeRequest arguments, IReadOnlyDictionary<string, ReadOnlyMemory<byte>?> values) => DecideOn(arguments, values);

    protected override KeyChange Change(ChatChangeRequest arguments, ChatDecision decision, string key, ReadOnlyMemory<byte>? current) =>
        ChatValues.Apply(arguments.Change, decision, key, current);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChatChangeRequest))]
[JsonSerializable(typeof(ChatDecision))]
internal sealed partial class ChatsJson : JsonSerializerContext;

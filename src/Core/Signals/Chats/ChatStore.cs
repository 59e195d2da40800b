using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Signals.Chats;

/// <summary>Chats through the migration engine.</summary>
public sealed class ChatStore(EntityGroup group, ReadKey readKey, WriteKey writeKey, WriteKeys writeKeys, TimeProvider clock) : IChatStore
{
    private static readonly Dictionary<string, long> NotTried = [];

    /// <summary>The operation that a group needs to have for its chats to be changed.</summary>
    public static IMultiKeyOperation Operation => ChangeChatOperation.Kind;

    /// <inheritdoc />
    public async Task<ChatState> ReadAsync(string chatId, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(ChatValues.Of(chatId), cancellationToken);
        return ChatValues.Read(chatId, ValuesOf(read))
            .Match(state => state, error => throw new UnreadableDataException("chat", $"chat '{chatId}'", new FormatException(error.Detail)));
    }

    /// <inheritdoc />
    public async Task<Result<PreparedChange>> PrepareAsync(ChatChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var read = await ReadAsync(ChatValues.Of(change), cancellationToken);
        return ChatValues.Read(change.ChatId, ValuesOf(read))
            .Match(state => ChatRules.Decide(change, state), unreadable => unreadable)
            .Match<Result<PreparedChange>>(
                decision => new PreparedChange(
                    decision,
                    read.ToDictionary(one => one.Key, one => one.Value.Version),
                    read.ToDictionary(one => one.Key, one => ChatValues.HashOf(one.Key, one.Value.Value))),
                refusal => refusal);
    }

    /// <inheritdoc />
    public async Task<Result<ChatChanged>> WriteAsync(
        OperationId operation, ChatChange change, PreparedChange? prepared, bool isRetry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var request = new ChatChangeRequest(change, prepared);
        var triedOn = isRetry && prepared is not null ? prepared.Versions : NotTried;
        var written = ChatValues.Of(change) is [var key]
            ? await WriteOneAsync(key, operation, request, triedOn, cancellationToken)
            : await WriteSeveralAsync(operation, request, triedOn, cancellationToken);
        foreach (var (outcome, nothing) in ChangeChatOperation.NothingToWrite)
        {
            if (ReferenceEquals(written.Error, nothing))
            {
                return new ChatChanged(new ChatDecision(outcome), WasDoneBefore: false);
            }
        }

        return written;
    }

    /// <summary>One key needs no pending operation, wherever it is owned.</summary>
    private async Task<Result<ChatChanged>> WriteOneAsync(
        string key, OperationId operation, ChatChangeRequest request, IReadOnlyDictionary<string, long> triedOn, CancellationToken cancellationToken)
    {
        var attempt = new WriteAttempt(operation, clock);
        foreach (var (name, version) in triedOn)
        {
            attempt.WhichMayHaveMade(name, version + 1);
        }

        ChatDecision? decision = null;
        var written = await writeKey.ExecuteAsync(
            ManagedKey.Of(group, key),
            attempt,
            current =>
            {
                var decided = ChangeChatOperation.DecideOn(request, new Dictionary<string, ReadOnlyMemory<byte>?> { [key] = current });
                return decided.Match<Result<KeyChange>>(made => ChatValues.Apply(request.Change, decision = made, key, current), refusal => refusal);
            },
            cancellationToken);
        return written.Match<Result<ChatChanged>>(
            done => new ChatChanged(done.WasDoneBefore ? request.Prepared?.Decision : decision, done.WasDoneBefore), refusal => refusal);
    }

    private async Task<Result<ChatChanged>> WriteSeveralAsync(
        OperationId operation, ChatChangeRequest request, IReadOnlyDictionary<string, long> triedOn, CancellationToken cancellationToken)
    {
        // What cannot be right on any state is not made a pending operation of, which is stored as JSON.
        var kind = ChangeChatOperation.Kind;
        if (ChatRules.FindProblem(request.Change) is { } problem)
        {
            return problem;
        }

        var written = await writeKeys.ExecuteAsync(new MultiKeyWrite(group, operation, kind, kind.Write(request)) { TriedOn = triedOn }, cancellationToken);
        return written.Match<Result<ChatChanged>>(
            done => new ChatChanged(done.Decision is { } decision ? kind.Read(decision) : request.Prepared?.Decision, done.WasDoneBefore), refusal => refusal);
    }

    private async Task<Dictionary<string, OwnedValue>> ReadAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var values = await Task.WhenAll(keys.Select(key => readKey.ExecuteAsync(ManagedKey.Of(group, key), cancellationToken)));
        return keys.Zip(values).ToDictionary(read => read.First, read => read.Second, StringComparer.Ordinal);
    }

    private static Dictionary<string, ReadOnlyMemory<byte>?> ValuesOf(Dictionary<string, OwnedValue> read) =>
        read.ToDictionary(one => one.Key, one => one.Value.Value, StringComparer.Ordinal);
}

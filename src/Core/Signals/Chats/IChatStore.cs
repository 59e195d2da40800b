using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Signals.Chats;

/// <summary>What is stored of chats, wherever each key is owned.</summary>
public interface IChatStore
{
    /// <summary>A chat as it stands.</summary>
    Task<ChatState> ReadAsync(string chatId, CancellationToken cancellationToken);

    /// <summary>Decides a change without making it, on the keys that it touches as they stand.</summary>
    Task<Result<PreparedChange>> PrepareAsync(ChatChange change, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a change once: all of its keys or none, in one transaction where SQL owns them. A change that was prepared is made only on the state that it was decided
    /// on; otherwise it is refused as <see cref="StaleDecision"/>, and nothing is changed.
    /// </summary>
    /// <param name="operation">The change's name: what was done under it is not done again, and is answered with <see cref="ChatChanged.WasDoneBefore"/>.</param>
    /// <param name="change">The change.</param>
    /// <param name="prepared">What was decided and stored before; null lets the write decide.</param>
    /// <param name="isRetry">Whether the prepared change may have been tried before.</param>
    /// <param name="cancellationToken">Ends it; the change may have been made.</param>
    Task<Result<ChatChanged>> WriteAsync(OperationId operation, ChatChange change, PreparedChange? prepared, bool isRetry, CancellationToken cancellationToken);

    /// <summary>A decision that rests on a state which somebody has changed since.</summary>
    static Error StaleDecision { get; } = new(ErrorKind.Stale, "DECISION_STALE", "The chat was changed meanwhile; decide anew.");
}

/// <summary>A change that was decided, and on what. It is stored before the change is made, so that whoever repeats it knows what was answered.</summary>
/// <param name="Decision">What becomes of the chat.</param>
/// <param name="Versions">The versions of the keys that it touches.</param>
/// <param name="Hashes">The hashes of their values; empty texts where there is none.</param>
public sealed record PreparedChange(ChatDecision Decision, IReadOnlyDictionary<string, long> Versions, IReadOnlyDictionary<string, string> Hashes);

/// <summary>A change that was made.</summary>
/// <param name="Decision">What became of the chat; null when it was done before and is no longer known.</param>
/// <param name="WasDoneBefore">Whether it was done under the same name already.</param>
public sealed record ChatChanged(ChatDecision? Decision, bool WasDoneBefore);

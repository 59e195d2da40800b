using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Migration;

namespace TraderHub.Core.Signals.Chats;

/// <summary>What the owners of chats did on signals.</summary>
public interface IExecutionRepository
{
    /// <summary>Adds an execution to a chat's history, its ticker in upper case. Positions and watchlists are not touched.</summary>
    /// <exception cref="StorageConstraintException">Its type is neither BUY nor SELL.</exception>
    /// <exception cref="UnavailableException">It was not acknowledged.</exception>
    Task RecordAsync(string chatId, ExecutedSignal execution, CancellationToken cancellationToken);

    /// <summary>A chat's executions, the newest by its date first, of one ticker or of all; of those of one moment the one that was recorded last.</summary>
    /// <exception cref="UnreadableDataException">They are there and cannot be read.</exception>
    Task<IReadOnlyList<RecordedExecution>> GetHistoryAsync(string chatId, string? ticker, CancellationToken cancellationToken);

    /// <summary>The first of the history; null when there is none.</summary>
    /// <exception cref="UnreadableDataException">It is there and cannot be read.</exception>
    Task<RecordedExecution?> FindLatestAsync(string chatId, string? ticker, CancellationToken cancellationToken);
}

/// <summary>An execution in a chat's history.</summary>
/// <param name="Place">How many of the chat were recorded before it.</param>
/// <param name="Execution">The execution.</param>
public sealed record RecordedExecution(long Place, ExecutedSignal Execution);

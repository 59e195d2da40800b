using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Signals.Migration;

namespace TraderHub.Data.Signals.Chats;

internal sealed class ExecutionRepository(ManagedValues<IReadOnlyList<ExecutedSignal>> executions) : IExecutionRepository
{
    private static readonly BrokenConstraint BuyOrSell = new(ConstraintKind.Check, "ck_executions_signal_type");

    public Task RecordAsync(string chatId, ExecutedSignal execution, CancellationToken cancellationToken)
    {
        if (execution.SignalType is not ("BUY" or "SELL"))
        {
            throw EngineWrites.Broken(BuyOrSell, nameof(RecordAsync));
        }

        // What JSON cannot spell could not be copied to SQL either.
        ArgumentOutOfRangeException.ThrowIfEqual(double.IsFinite(execution.ExecutionPrice) && double.IsFinite(execution.SignalPrice ?? 0), false, nameof(execution));
        var recorded = execution with { Ticker = TickerArgument.Read(execution.Ticker) };
        return executions.ChangeAsync(KeyOf(chatId), history => (ExecutedSignal[])[.. history, recorded], cancellationToken);
    }

    public async Task<IReadOnlyList<RecordedExecution>> GetHistoryAsync(string chatId, string? ticker, CancellationToken cancellationToken)
    {
        var wanted = ticker is null ? null : TickerArgument.Read(ticker);
        var history = (await executions.ReadAsync(KeyOf(chatId), cancellationToken)).Value ?? [];
        return
        [
            .. history
                .Select((execution, place) => new RecordedExecution(place, execution))
                .Where(recorded => wanted is null || recorded.Execution.Ticker == wanted)
                .OrderByDescending(recorded => recorded.Execution.ExecutionDate)
                .ThenByDescending(recorded => recorded.Place),
        ];
    }

    public async Task<RecordedExecution?> FindLatestAsync(string chatId, string? ticker, CancellationToken cancellationToken) =>
        (await GetHistoryAsync(chatId, ticker, cancellationToken)) is [var latest, ..] ? latest : null;

    private static string KeyOf(string chatId) => $"execution_history:{chatId}";
}

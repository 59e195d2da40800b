using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Signals.Migration;

namespace TraderHub.Data.Signals.Chats;

internal sealed class PositionRepository(ManagedValues<IReadOnlyList<HeldPosition>> positions) : IPositionRepository
{
    public async Task<IReadOnlyList<HeldPosition>> GetAllAsync(string chatId, CancellationToken cancellationToken) =>
        (await positions.ReadAsync(KeyOf(chatId), cancellationToken)).Value ?? [];

    public async Task<HeldPosition?> GetActivePositionAsync(string chatId, CancellationToken cancellationToken) =>
        await GetAllAsync(chatId, cancellationToken) is [.., var newest] ? newest : null;

    public async Task<HeldPosition?> GetActivePositionAsync(string chatId, string ticker, CancellationToken cancellationToken)
    {
        var wanted = TickerArgument.Read(ticker);
        return (await GetAllAsync(chatId, cancellationToken)).FirstOrDefault(position => position.Ticker == wanted);
    }

    public Task SetActivePositionAsync(string chatId, string ticker, double entryPrice, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(double.IsFinite(entryPrice), false, nameof(entryPrice));
        var set = new HeldPosition(TickerArgument.Read(ticker), entryPrice);
        return positions.ChangeAsync(KeyOf(chatId), held => (HeldPosition[])[.. held.Where(other => other.Ticker != set.Ticker), set], cancellationToken);
    }

    public Task ClearActivePositionAsync(string chatId, string ticker, CancellationToken cancellationToken)
    {
        var ended = TickerArgument.Read(ticker);
        return positions.ChangeAsync(
            KeyOf(chatId),
            held => held.Any(position => position.Ticker == ended) ? (HeldPosition[])[.. held.Where(other => other.Ticker != ended)] : EngineWrites.NothingToWrite,
            cancellationToken);
    }

    private static string KeyOf(string chatId) => $"active_position:{chatId}";
}

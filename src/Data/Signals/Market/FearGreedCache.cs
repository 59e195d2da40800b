using System.Text.Json;
using Microsoft.Extensions.Logging;
using NodaTime;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Market;
using TraderHub.Core.Signals.Migration;
using TraderHub.Data.Upstream.FearGreed;

namespace TraderHub.Data.Signals.Market;

/// <summary>
/// The index of stocks is a value of the migration engine, in whichever store owns it; that of crypto, which the bot never kept, is a row. The
/// bot's own copying to SQL wrote the index of stocks under the key-value store's name, so such a row is read too.
/// </summary>
internal sealed partial class FearGreedCache(ManagedValues<CachedIndex> stocks, FearGreedCacheRows rows, ILogger<FearGreedCache> logger) : IFearGreedCache
{
    /// <summary>What an index's row is called that no engine manages.</summary>
    private const string CryptoKey = "fear_greed_crypto";

    public async Task<FearGreedReading?> FindAsync(FearGreedMarket market, CancellationToken cancellationToken)
    {
        try
        {
            CachedIndex?[] found = market == FearGreedMarket.Crypto
                ? [await rows.FindAsync(CryptoKey, cancellationToken)]
                : [await FindStocksAsync(cancellationToken), await rows.FindAsync(FearGreedEntity.Key, cancellationToken)];
            return found.Select(cached => Read(market, cached)).MaxBy(reading => reading?.FetchedAt);
        }
        catch (Exception exception) when (IsOutage(exception))
        {
            LogUnread(exception);
            return null;
        }
    }

    public async Task SaveAsync(FearGreedReading reading, CancellationToken cancellationToken)
    {
        var cached = new CachedIndex(IndexShape.Write(reading), reading.FetchedAt.ToUnixTimeMilliseconds());
        try
        {
            if (reading.Market == FearGreedMarket.Crypto)
            {
                await rows.SaveAsync(CryptoKey, cached, cancellationToken);
            }
            else if ((await stocks.ReplaceAsync(FearGreedEntity.Key, OperationId.New(), cached, expiresAt: null, cancellationToken)).Error is { } error)
            {
                LogUnsaved(error.Detail, exception: null);
            }
        }
        catch (Exception exception) when (IsOutage(exception))
        {
            LogUnsaved(exception.Message, exception);
        }
    }

    public async Task DeleteExpiredAsync(Instant now, CancellationToken cancellationToken)
    {
        await rows.DeleteExpiredAsync(now, cancellationToken);
        if (!IsExpired(await FindStocksAsync(cancellationToken)))
        {
            return;
        }

        // Decided anew on what is there when it is written: somebody may fetch the index meanwhile.
        var written = await stocks.WriteAsync(
            FearGreedEntity.Key, OperationId.New(), cached => IsExpired(cached) ? (CachedIndex?)null : cached, expiresAt: null, cancellationToken);
        if (written.Error is { } error)
        {
            throw new UnavailableException(error);
        }

        bool IsExpired(CachedIndex? cached) => cached is not null && cached.Timestamp + FearGreedCacheRows.Lifetime <= now.ToUnixTimeMilliseconds();
    }

    private async Task<CachedIndex?> FindStocksAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await stocks.ReadAsync(FearGreedEntity.Key, cancellationToken)).Value;
        }
        catch (UnreadableDataException)
        {
            // The migration names the key and why it cannot be read; the next index takes its place.
            return null;
        }
    }

    /// <summary>What was kept; null when it is no index that could be fetched today.</summary>
    private static FearGreedReading? Read(FearGreedMarket market, CachedIndex? cached)
    {
        if (cached is null || !IsInstant(cached.Timestamp))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(cached.Data);
            return IndexShape.Read(market, document.RootElement, Instant.FromUnixTimeMilliseconds(cached.Timestamp));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsInstant(long milliseconds) =>
        milliseconds >= Instant.MinValue.ToUnixTimeMilliseconds() && milliseconds <= Instant.MaxValue.ToUnixTimeMilliseconds();

    private static bool IsOutage(Exception exception) => exception is StorageException or KeyValueException or KeyValueRefusedException or UnavailableException;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cached Fear & Greed index cannot be read")]
    private partial void LogUnread(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Fear & Greed index was not kept: {Detail}")]
    private partial void LogUnsaved(string detail, Exception? exception);
}

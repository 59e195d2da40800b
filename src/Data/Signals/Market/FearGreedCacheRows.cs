using NodaTime;
using TraderHub.Core.Signals.Migration;

namespace TraderHub.Data.Signals.Market;

/// <summary>The rows of the cache that the migration engine does not manage.</summary>
internal sealed class FearGreedCacheRows(SignalsDatabase database)
{
    /// <summary>How long a row is kept, in milliseconds; when it was fetched follows from when it ends.</summary>
    public static readonly long Lifetime = (long)FearGreedEntity.Lifetime.TotalMilliseconds;

    public const string FindSql = "SELECT cache_value AS CacheValue, expires_at AS ExpiresAt FROM cache WHERE cache_key = @CacheKey";

    public async Task<CachedIndex?> FindAsync(string cacheKey, CancellationToken cancellationToken) =>
        await database.FindAsync<Row>(FindSql, new { CacheKey = cacheKey }, cancellationToken) is { } row
            ? new(row.CacheValue, row.ExpiresAt - Lifetime)
            : null;

    public Task SaveAsync(string cacheKey, CachedIndex index, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO cache (cache_key, cache_value, expires_at, updated_at)
            VALUES (@CacheKey, @CacheValue, @ExpiresAt, @UpdatedAt)
            ON CONFLICT (cache_key) DO UPDATE
            SET cache_value = excluded.cache_value, expires_at = excluded.expires_at, updated_at = excluded.updated_at
            """;

        var row = new { CacheKey = cacheKey, CacheValue = index.Data, ExpiresAt = index.Timestamp + Lifetime, UpdatedAt = index.Timestamp };
        return database.ExecuteAsync(Sql, row, cancellationToken);
    }

    public Task DeleteExpiredAsync(Instant now, CancellationToken cancellationToken)
    {
        const string Sql = "DELETE FROM cache WHERE expires_at <= @Now AND cache_key <> @Managed";

        return database.ExecuteAsync(Sql, new { Now = now.ToUnixTimeMilliseconds(), Managed = FearGreedEntity.CacheKey }, cancellationToken);
    }

    private sealed record Row(string CacheValue, long ExpiresAt);
}

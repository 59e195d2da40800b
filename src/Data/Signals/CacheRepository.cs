using System.Text.Json;
using NodaTime;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Market;
using TraderHub.Core.Signals.Migration;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Signals;

/// <summary>The table of the cache; the index in it is a key that moves, and is read and written wherever it is owned.</summary>
internal sealed class CacheRepository(SignalsDatabase database, ManagedValues<CachedIndex> index, TimeProvider clock) : ICacheRepository
{
    public const string FindSql = "SELECT cache_value, expires_at FROM cache WHERE cache_key = @CacheKey";

    public const string DeleteExpiredSql = "DELETE FROM cache WHERE expires_at < @Now AND cache_key <> @IndexKey";

    public async Task<JsonElement?> GetAsync(string key, CancellationToken cancellationToken)
    {
        if (IsIndex(key))
        {
            return await GetIndexAsync(cancellationToken);
        }

        var found = await database.ReadAsync(FindSql, [SqlParameter.Text("@CacheKey", key)], row => (Value: row.GetString(0), ExpiresAt: row.GetValue(1)), cancellationToken);
        if (found is not [var row])
        {
            return null;
        }

        if (row.ExpiresAt is long expiresAt && expiresAt >= Now() && Parse(row.Value) is { } value)
        {
            return value;
        }

        await DeleteAsync(key, row.Value, cancellationToken);
        return null;
    }

    public async Task SetAsync(string key, JsonElement value, Duration lifetime, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO cache (cache_key, cache_value, expires_at, updated_at)
            VALUES (@CacheKey, @CacheValue, @ExpiresAt, @Now)
            ON CONFLICT (cache_key) DO UPDATE
            SET cache_value = excluded.cache_value, expires_at = excluded.expires_at, updated_at = excluded.updated_at
            """;

        var expiresAt = Now() + (long)lifetime.TotalMilliseconds;
        if (IsIndex(key))
        {
            // The key has only the time of fetching; it is over a fixed while after it.
            var cached = new CachedIndex(value.GetRawText(), expiresAt - (long)FearGreedEntity.Lifetime.TotalMilliseconds);
            Acknowledge(await index.ReplaceAsync(FearGreedEntity.Key, OperationId.New(), cached, expiresAt: null, cancellationToken));
            return;
        }

        await database.ExecuteAsync(Sql, new { CacheKey = key, CacheValue = value.GetRawText(), ExpiresAt = expiresAt, Now = Now() }, cancellationToken);
    }

    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        const string Sql = "DELETE FROM cache WHERE cache_key = @CacheKey";

        if (IsIndex(key))
        {
            await DeleteIndexAsync(_ => true, cancellationToken);
            return;
        }

        await database.ExecuteAsync(Sql, new { CacheKey = key }, cancellationToken);
    }

    public async Task<int> CleanUpAsync(CancellationToken cancellationToken)
    {
        var deleted = await database.ExecuteAsync(DeleteExpiredSql, new { Now = Now(), IndexKey = FearGreedEntity.CacheKey }, cancellationToken);
        return deleted + (await DeleteIndexAsync(IsOver, cancellationToken) ? 1 : 0);
    }

    private async Task<JsonElement?> GetIndexAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (cached, _) = await index.ReadAsync(FearGreedEntity.Key, cancellationToken);
            return cached is null || IsOver(cached) ? null : Parse(cached.Data);
        }
        catch (UnreadableDataException)
        {
            // A cache that cannot be read is an empty one; the migration names the key and why it cannot be read.
            return null;
        }
    }

    /// <summary>Removes the index when it is one that shall go; false when it is not there or stays.</summary>
    private async Task<bool> DeleteIndexAsync(Func<CachedIndex, bool> goes, CancellationToken cancellationToken)
    {
        var (cached, _) = await index.ReadAsync(FearGreedEntity.Key, cancellationToken);
        if (cached is null || !goes(cached))
        {
            return false;
        }

        var written = await index.WriteAsync(
            FearGreedEntity.Key, OperationId.New(), current => current is not null && goes(current) ? (CachedIndex?)null : current, expiresAt: null, cancellationToken);
        Acknowledge(written);
        return written.Value.Value is null;
    }

    /// <summary>Removes a row that was read, unless another has come since.</summary>
    private Task<int> DeleteAsync(string key, string value, CancellationToken cancellationToken)
    {
        const string Sql = "DELETE FROM cache WHERE cache_key = @CacheKey AND cache_value = @CacheValue";

        return database.ExecuteAsync(Sql, new { CacheKey = key, CacheValue = value }, cancellationToken);
    }

    private bool IsOver(CachedIndex cached) => cached.Timestamp + (long)FearGreedEntity.Lifetime.TotalMilliseconds < Now();

    private long Now() => clock.GetInstant().ToUnixTimeMilliseconds();

    private static bool IsIndex(string key) => key is FearGreedEntity.CacheKey or FearGreedEntity.Key;

    private static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Acknowledge(Result<KeyWritten> written)
    {
        if (written.Error is { } error)
        {
            throw new UnavailableException(error);
        }
    }
}

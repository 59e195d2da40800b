using NodaTime;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Signals.Migration;
using TraderHub.Data.Migration;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Signals.Migration;

/// <summary>The cached index as a row of the cache. When it was fetched follows from when it ends.</summary>
internal sealed class FearGreedRows(IEntity<CachedIndex> entity) : IEntityRows
{
    public const string FindSql = "SELECT cache_value, expires_at FROM cache WHERE cache_key = @CacheKey";

    private static readonly long Lifetime = (long)FearGreedEntity.Lifetime.TotalMilliseconds;

    public IEntity Entity => entity;

    public SqlStatement? ListKeys(Action<string> found) => new(FindSql, [CacheKey], _ => found(entity.Prefix));

    public RowsReading Read(string key)
    {
        CachedIndex? stored = null;
        var find = new SqlStatement(FindSql, [CacheKey], row => stored = new(row.GetString(0), row.GetInt64(1) - Lifetime));
        return new([find], parts => stored is null ? null : entity.Render(stored, parts.Rejected));
    }

    public Task SaveAsync(SqlSession session, IReadOnlyList<RowsWrite> writes, Instant now) =>
        session.RunAsync([writes[^1] is { Value: { } value } write ? Set(entity.Read(write.Key, value)) : Delete()]);

    private static SqlParameter CacheKey => SqlParameter.Text("@CacheKey", FearGreedEntity.CacheKey);

    private static SqlStatement Set(CachedIndex index)
    {
        const string Sql = """
            INSERT INTO cache (cache_key, cache_value, expires_at, updated_at)
            VALUES (@CacheKey, @CacheValue, @ExpiresAt, @UpdatedAt)
            ON CONFLICT (cache_key) DO UPDATE
            SET cache_value = excluded.cache_value, expires_at = excluded.expires_at, updated_at = excluded.updated_at
            """;

        return new(
            Sql,
            [
                CacheKey,
                SqlParameter.Text("@CacheValue", index.Data),
                SqlParameter.Number("@ExpiresAt", index.Timestamp + Lifetime),
                SqlParameter.Number("@UpdatedAt", index.Timestamp),
            ]);
    }

    private static SqlStatement Delete()
    {
        const string Sql = "DELETE FROM cache WHERE cache_key = @CacheKey";

        return new(Sql, [CacheKey]);
    }
}

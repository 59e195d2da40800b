using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Data.Sql.Idempotency;

/// <summary>Which request of which caller a key stands for.</summary>
/// <param name="Caller">Who sent it.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Route">The path as its route spells it.</param>
/// <param name="Key">The header's value.</param>
public sealed record RequestKey(string Caller, string Method, string Route, string Key);

/// <summary>An answer as it was given.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The body's media type.</param>
/// <param name="Location">The header Location.</param>
/// <param name="Body">The body.</param>
public sealed record KeptAnswer(int Status, string? ContentType, string? Location, string Body);

/// <summary>A request that was seen before.</summary>
/// <param name="BodyHash">The hash of the body that it had.</param>
/// <param name="Answer">How it was answered.</param>
public sealed record SeenRequest(string BodyHash, KeptAnswer Answer);

/// <summary>
/// The idempotency keys of a module, in the module's own database, so that an answer is kept exactly when what it tells of was done (rule H2). Every call
/// belongs inside the transaction of the work.
/// </summary>
public sealed class IdempotencyKeys(ModuleDatabase database, TimeProvider clock)
{
    private static readonly Duration Lifetime = Duration.FromHours(24);

    /// <summary>
    /// Takes a key for a request: null when it is this request's to answer, or how it was answered before. Of two at the same moment the second waits here
    /// until the first is done.
    /// </summary>
    public async Task<SeenRequest?> TakeAsync(RequestKey key, string bodyHash, CancellationToken cancellationToken)
    {
        const string Forget = """
            DELETE FROM idempotency_keys
            WHERE caller = @Caller AND method = @Method AND route = @Route AND idempotency_key = @Key AND created_at <= @Ended
            """;
        const string Take = """
            INSERT INTO idempotency_keys (caller, method, route, idempotency_key, body_hash, created_at)
            VALUES (@Caller, @Method, @Route, @Key, @BodyHash, @Now)
            ON CONFLICT (caller, method, route, idempotency_key) DO NOTHING
            """;

        var now = clock.GetInstant();
        var row = new
        {
            key.Caller,
            key.Method,
            key.Route,
            key.Key,
            BodyHash = bodyHash,
            Now = now.ToUnixTimeSeconds(),
            Ended = (now - Lifetime).ToUnixTimeSeconds(),
        };
        await database.ExecuteAsync(Forget, row, cancellationToken);
        if (await database.ExecuteAsync(Take, row, cancellationToken) == 1)
        {
            return null;
        }

        return (await FindAsync(key, cancellationToken))!;
    }

    /// <summary>How a request was answered that had this key; null when none had within the time that keys are kept.</summary>
    public async Task<SeenRequest?> FindAsync(RequestKey key, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT body_hash AS BodyHash, status AS Status, content_type AS ContentType, location AS Location, body AS Body
            FROM idempotency_keys
            WHERE caller = @Caller AND method = @Method AND route = @Route AND idempotency_key = @Key AND created_at > @Ended
            """;

        var ended = (clock.GetInstant() - Lifetime).ToUnixTimeSeconds();
        return await database.FindAsync<Row>(Sql, new { key.Caller, key.Method, key.Route, key.Key, Ended = ended }, cancellationToken) is { } row
            ? new SeenRequest(row.BodyHash, new KeptAnswer(row.Status, row.ContentType, row.Location, row.Body))
            : null;
    }

    /// <summary>Keeps the answer to a request whose key was taken.</summary>
    public Task KeepAsync(RequestKey key, KeptAnswer answer, CancellationToken cancellationToken)
    {
        const string Sql = """
            UPDATE idempotency_keys
            SET status = @Status, content_type = @ContentType, location = @Location, body = @Body
            WHERE caller = @Caller AND method = @Method AND route = @Route AND idempotency_key = @Key
            """;

        return database.ExecuteAsync(
            Sql,
            new { key.Caller, key.Method, key.Route, key.Key, answer.Status, answer.ContentType, answer.Location, answer.Body },
            cancellationToken);
    }

    private sealed record Row(string BodyHash, int Status, string? ContentType, string? Location, string Body);
}

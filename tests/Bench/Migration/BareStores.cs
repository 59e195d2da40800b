using System.Text;
using TraderHub.Core.Migration.Stages;
using TraderHub.Data.Sql;

namespace TraderHub.Bench.Migration;

/// <summary>
/// What a stage cannot do without, as prepared statements on a connection to each store: in the key-value store a read and a write that needs the version that was
/// read; in SQL one transaction that locks the key, reads its rows, changes them and its state.
/// </summary>
internal sealed class BareStores : IAsyncDisposable
{
    private const string Get = "SELECT version, expires_at, metadata, value FROM kv_entries WHERE key = @key AND (expires_at IS NULL OR expires_at > 0)";

    private const string Put = "UPDATE kv_entries SET version = @next, metadata = @metadata, value = @value WHERE key = @key AND version = @version";

    private const string Lock = """
        INSERT INTO kv_sync (group_name, key_hex, t, v, mv, d, ops) VALUES ('signals', @hex, 0, 0, 0, 0, '')
        ON CONFLICT (group_name, key_hex) DO UPDATE SET t = kv_sync.t
        RETURNING t, v, mv, d, x, ops, hash, error
        """;

    private const string State = "SELECT t, v, mv, d, x, ops, hash, error FROM kv_sync WHERE group_name = 'signals' AND key_hex = @hex";

    private const string Rows = "SELECT id, ticker, created_at FROM watchlists WHERE chat_id = @chat";

    private const string Delete = "DELETE FROM watchlists WHERE id = @id";

    private const string Insert = "INSERT INTO watchlists (chat_id, ticker, created_at) VALUES (@chat, @ticker, @now)";

    private const string Save = "UPDATE kv_sync SET v = @v, mv = @v, ops = @ops, hash = @value WHERE group_name = 'signals' AND key_hex = @hex";

    private const string Metadata = """{"t":0,"v":1,"ops":"AAAAAAAAAAAAAAAA"}""";

    private readonly BareStatements keyValues;
    private readonly BareStatements sql;
    private readonly Stage stage;
    private int written;
    private int read;

    private BareStores(BareStatements keyValues, BareStatements sql, Stage stage) => (this.keyValues, this.sql, this.stage) = (keyValues, sql, stage);

    /// <summary>Connects to the stores of a stage's place, which are not used otherwise meanwhile.</summary>
    public static async Task<BareStores> OpenAsync(DatabaseOptions options, Stage stage, CancellationToken cancellationToken) => new(
        new(await BareConnection.OpenAsync(options with { Provider = DatabaseProvider.Sqlite }, "kv", cancellationToken)),
        new(await BareConnection.OpenAsync(options, "signals", cancellationToken)),
        stage);

    /// <summary>The operations that a write cannot do without.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var number = written++;
        if (stage is Stage.Kv or Stage.Copy)
        {
            await PutAsync(number, cancellationToken);
        }

        if (stage is not Stage.Kv)
        {
            await ChangeRowsAsync(number, cancellationToken);
        }

        if (stage is Stage.Sql)
        {
            await PutAsync(number, cancellationToken);
        }
    }

    /// <summary>The operations that a read cannot do without.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var number = read++;
        if (stage is Stage.Kv or Stage.Copy)
        {
            await keyValues.RunAsync(Get, _ => { }, cancellationToken, ("@key", KeyOf(number)));
            return;
        }

        await sql.RunAsync(State, _ => { }, cancellationToken, ("@hex", HexOf(number)));
        await sql.RunAsync(Rows, _ => { }, cancellationToken, ("@chat", Watchlists.ChatOf(number)));
    }

    public async ValueTask DisposeAsync()
    {
        await keyValues.DisposeAsync();
        await sql.DisposeAsync();
    }

    private async Task PutAsync(int number, CancellationToken cancellationToken)
    {
        var version = string.Empty;
        await keyValues.RunAsync(Get, row => version = row.GetString(0), cancellationToken, ("@key", KeyOf(number)));
        var value = Encoding.UTF8.GetBytes(Watchlists.ValueOf(number));
        await keyValues.RunAsync(
            Put,
            _ => { },
            cancellationToken,
            ("@next", Guid.NewGuid().ToString("n")),
            ("@metadata", Metadata),
            ("@value", value),
            ("@key", KeyOf(number)),
            ("@version", version));
    }

    private async Task ChangeRowsAsync(int number, CancellationToken cancellationToken)
    {
        var (chat, hex) = (Watchlists.ChatOf(number), HexOf(number));
        var rows = new List<long>();
        await sql.BeginAsync(cancellationToken);
        await sql.RunAsync(Lock, _ => { }, cancellationToken, ("@hex", hex));
        await sql.RunAsync(Rows, row => rows.Add(row.GetInt64(0)), cancellationToken, ("@chat", chat));
        await sql.RunAsync(Delete, _ => { }, cancellationToken, ("@id", rows.Max()));
        await sql.RunAsync(Insert, _ => { }, cancellationToken, ("@chat", chat), ("@ticker", $"B{Watchlists.LastOf(number)}"), ("@now", (long)number));
        await sql.RunAsync(Save, _ => { }, cancellationToken, ("@v", (long)number), ("@ops", "AAAAAAAAAAAAAAAA"), ("@value", hex), ("@hex", hex));
        await sql.CommitAsync(cancellationToken);
    }

    private static byte[] KeyOf(int number) => Encoding.UTF8.GetBytes(Watchlists.KeyOf(number));

    private static string HexOf(int number) => Convert.ToHexStringLower(KeyOf(number));
}

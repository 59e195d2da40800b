using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using TraderHub.Core.Platform;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;
using TraderHub.Data.Trading;

namespace TraderHub.Soak;

/// <summary>Writes and reads sessions from 32 callers at once, and says each row that was acknowledged, until it is killed.</summary>
internal static class StoreWriter
{
    private const int Callers = 32;

    private const string Insert = "INSERT INTO user_sessions (id, user_address, created_at, expires_at) VALUES (@Id, @Address, 0, 0)";

    private const string Find = "SELECT id FROM user_sessions WHERE id = @Id";

    public static async Task<int> RunAsync(string directory)
    {
        await using var database = new TradingDatabase(
            new DatabaseOptions(DatabaseProvider.Sqlite, directory), NullLogger<TradingDatabase>.Instance);
        await new MigrationRunner(database, TimeProvider.System).MigrateAsync(CancellationToken.None);

        using var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => WriteAsync(database, caller, output))));
        return 0;
    }

    private static async Task WriteAsync(TradingDatabase database, int caller, TextWriter output)
    {
        for (var number = 0; ; number++)
        {
            var row = new { Id = $"{caller}-{number}", Address = $"0x{caller:x40}" };
            try
            {
                var started = Stopwatch.GetTimestamp();
                await database.ExecuteAsync(Insert, row, CancellationToken.None);
                var write = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                started = Stopwatch.GetTimestamp();
                var found = await database.FindAsync<string>(Find, row, CancellationToken.None);
                var read = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                await output.WriteLineAsync(FormattableString.Invariant($"ok {found} {write:0.000} {read:0.000}"));
            }
            catch (StorageException exception)
            {
                await output.WriteLineAsync($"failed {exception.InnerException?.Message ?? exception.Message}");
            }
        }
    }
}

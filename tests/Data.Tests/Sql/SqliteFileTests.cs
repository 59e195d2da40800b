using Dapper;
using SQLitePCL;
using TraderHub.Data.Sql.Sqlite;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Sql;

public sealed class SqliteFileTests
{
    /// <summary><c>SQLITE_STMTSTATUS_REPREPARE</c>.</summary>
    private const int StatementsCompiledAnew = 5;

    [Fact]
    public void Open_AKeptStatement_IsNotCompiledAnewForOtherParameters()
    {
        using var folder = new TempFolder();
        var file = new SqliteFile(folder.File("module.db"));
        file.Create();
        using var connection = file.Open();
        connection.Execute("CREATE TABLE runs (day TEXT, at TEXT); CREATE INDEX idx_runs ON runs (day || at) WHERE day > '2026'");
        raw.sqlite3_prepare_v2(connection.Handle, "SELECT at FROM runs WHERE day || at > ?1 AND day > ?2", out var kept);
        using var _ = kept;

        foreach (var day in new[] { "2026", "2027", "2028" })
        {
            raw.sqlite3_bind_text(kept, 1, day);
            raw.sqlite3_bind_text(kept, 2, day);
            Assert.Equal(raw.SQLITE_DONE, raw.sqlite3_step(kept));
            raw.sqlite3_reset(kept);
        }

        Assert.Equal(0, raw.sqlite3_stmt_status(kept, StatementsCompiledAnew, 0));
    }
}

using Dapper;
using Microsoft.Data.Sqlite;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Commands;

/// <summary>A data folder and the <c>db</c> commands on it.</summary>
public abstract class DbCommandPlace : IDisposable
{
    private protected static string[] Modules { get; } = ["trading", "jobs", "signals", "worktime", "kv"];

    private protected TempFolder Folder { get; } = new();

    private protected string Data => Folder.File("data");

    private protected string Copies => Folder.File("copies");

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task<string> RunAsync(params string[] arguments)
    {
        var run = await CommandRun.ExecuteAsync(["db", .. arguments, "--data", Data]);
        Assert.Equal((0, string.Empty), (run.Exit, run.Errors));
        return run.Output;
    }

    private protected static void Spoil(string path, string fault)
    {
        foreach (var beside in new[] { $"{path}-wal", $"{path}-shm" })
        {
            File.Delete(beside);
        }

        if (fault is "missing" or "without tables")
        {
            File.Delete(path);
            if (fault != "missing")
            {
                using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
                connection.Open();
                connection.Execute("PRAGMA journal_mode = WAL");
            }
        }
        else
        {
            File.WriteAllBytes(path, fault == "empty" ? [] : [.. Enumerable.Repeat((byte)7, 8192)]);
        }
    }

    private protected List<(string, string)> Content() =>
    [
        .. Directory.GetFiles(Data, "*.db").Order().Select(path => (path, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))))),
    ];

    private protected void Mark(string text)
    {
        foreach (var module in Modules)
        {
            Execute(module, "CREATE TABLE IF NOT EXISTS mark (text TEXT)");
            Execute(module, "DELETE FROM mark");
            Execute(module, $"INSERT INTO mark VALUES ('{text}')");
            Execute(module, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    private protected string MarkOf(string module) => Query<string>(module, "SELECT text FROM mark");

    private protected T Query<T>(string module, string sql, string? directory = null)
    {
        using var connection = Open(module, directory);
        return connection.QuerySingle<T>(sql);
    }

    private protected void Execute(string module, string sql)
    {
        using var connection = Open(module);
        connection.Execute(sql);
    }

    private protected SqliteConnection Open(string module, string? directory = null)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(directory ?? Data, $"{module}.db")};Pooling=False;Mode=ReadWrite");
        connection.Open();
        return connection;
    }
}

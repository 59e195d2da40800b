using System.Text.Json;
using Dapper;
using TraderHub.Functions.Tests.Hosting;

namespace TraderHub.Functions.Tests.Commands;

public sealed class DbCommandTests : DbCommandPlace
{
    [Fact]
    [Trait("Case", "C2")]
    public async Task MigrateBackupRestoreRollback_SayWhatTheyDidInOneSentence()
    {
        var migrated = await RunAsync("migrate");
        var again = await RunAsync("migrate");
        var backup = await RunAsync("backup", Copies);
        var restored = await RunAsync("restore", Copies);
        var rolledBack = await RunAsync("rollback", "--to", "2", "--confirm");
        var nothing = await RunAsync("rollback", "--to", "2", "--confirm");

        Assert.StartsWith("Applied trading 0001_trading_schema to ", migrated, StringComparison.Ordinal);
        Assert.Contains("; kv 0001_kv_entries.", migrated, StringComparison.Ordinal);
        Assert.StartsWith("Nothing was to be done: trading, jobs, signals, worktime, kv ", again, StringComparison.Ordinal);
        Assert.Matches($"^Backed up trading, jobs, signals, worktime, kv as of [^ ]+Z \\(5 files, .* KB\\) to '{Copies}'; every copy was checked\\.$", backup);
        Assert.Matches($"^Restored trading, jobs, signals, worktime, kv as of [^ ]+Z \\(5 files, .* KB\\) from '{Copies}'\\.$", restored);
        Assert.Matches("^Took back trading [^;]+ to 0003_[^;]+; jobs [^;]+; signals [^;]+; worktime 0003_sessions\\.$", rolledBack);
        Assert.StartsWith("Nothing was to be done: ", nothing, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "A6")]
    public async Task Backup_HasAManifestThatNamesEveryCopyAndTheStages()
    {
        await RunAsync("migrate");
        await CommandRun.ExecuteAsync("kv", "put", "pred:2026-01-06:AAPL", "{}", "--data", Data);
        await RunAsync("backup", Copies);

        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Copies, "manifest.json")));
        var files = manifest.RootElement.GetProperty("files").EnumerateArray().ToDictionary(file => file.GetProperty("module").GetString()!);
        Assert.Equal(Modules.Order(), files.Keys.Order());
        Assert.All(files, file =>
        {
            var path = Path.Combine(Copies, $"{file.Key}.db");
            Assert.Equal(new FileInfo(path).Length, file.Value.GetProperty("size").GetInt64());
            Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))), file.Value.GetProperty("sha256").GetString());
            Assert.InRange(file.Value.GetProperty("schemaVersion").GetInt32(), 1, 99);
        });
        Assert.True(manifest.RootElement.TryGetProperty("takenAt", out _));
        Assert.Equal(JsonValueKind.Object, manifest.RootElement.GetProperty("stages").ValueKind);
        Assert.Equal([.. Modules.Select(module => $"{module}.db").Append("manifest.json").Order()], Directory.GetFiles(Copies).Select(Path.GetFileName).Order());
    }

    [Fact]
    [Trait("Case", "A6")]
    [Trait("Case", "A7")]
    public async Task RestoreAndRollback_WhileAHostRuns_AreRefusedAndChangeNothing()
    {
        await RunAsync("migrate");
        await RunAsync("backup", Copies);
        await using var host = LocalHostProcess.Start(Folder.Path, $"serve --urls http://127.0.0.1:0 --data {Data}");
        await host.WaitUntilReadyAsync();

        foreach (var arguments in new[] { new[] { "restore", Copies }, ["rollback", "--to", "1", "--confirm"] })
        {
            var refused = await CommandRun.ExecuteAsync(["db", .. arguments, "--data", Data]);
            Assert.Equal(1, refused.Exit);
            Assert.Contains("is in use", Assert.Single(refused.Errors.Split('\n')), StringComparison.Ordinal);
        }

        Assert.Equal(System.Net.HttpStatusCode.OK, (await host.Http.GetAsync("/api/health")).StatusCode);
        await host.SignalAsync("KILL");
        await host.WaitForExitAsync();
        await RunAsync("restore", Copies);
    }

    [Theory]
    [Trait("Case", "A7")]
    [InlineData("--to 1", "--confirm")]
    [InlineData("--to 9999 --confirm", "9999")]
    [InlineData("--to -1 --confirm", "-1")]
    [InlineData("--to 6 --confirm --module jobs", "jobs 5")]
    [InlineData("--to 1 --confirm --module nonsense", "nonsense")]
    public async Task Rollback_ThatIsAskedWrongly_ChangesNothingAndExitsWith2(string arguments, string explanation)
    {
        await RunAsync("migrate");
        var before = Content();

        var run = await CommandRun.ExecuteAsync(["db", "rollback", .. arguments.Split(' '), "--data", Data]);

        Assert.Equal(2, run.Exit);
        Assert.Contains(explanation, run.Errors, StringComparison.Ordinal);
        Assert.Equal(before, Content());
    }

    [Fact]
    [Trait("Case", "A7")]
    public async Task Rollback_WhereOneModuleCannotBeTakenBack_TakesNoneBack()
    {
        await RunAsync("migrate");
        Execute("worktime", "UPDATE schema_migrations SET checksum = 'another' WHERE version = 1");

        var run = await CommandRun.ExecuteAsync("db", "rollback", "--to", "1", "--confirm", "--data", Data);

        Assert.Equal(1, run.Exit);
        Assert.Equal(5, Query<long>("jobs", "SELECT MAX(version) FROM schema_migrations"));
        Assert.Equal(0, Query<long>("trading", "SELECT COUNT(*) FROM traders"));
    }

    [Fact]
    [Trait("Case", "A6")]
    public async Task Backup_WhileAnotherProcessHoldsAFile_SaysThatItIsBusyAndLeavesNothing()
    {
        await RunAsync("migrate");
        using var writer = Open("jobs");
        writer.Execute("BEGIN IMMEDIATE");

        var run = await CommandRun.ExecuteAsync("db", "backup", Copies, "--data", Data);

        Assert.Equal(1, run.Exit);
        Assert.Contains("jobs.db' is busy", run.Errors.Split('\n')[^1], StringComparison.Ordinal);
        Assert.False(Directory.Exists(Copies));
    }

    [Fact]
    [Trait("Case", "A6")]
    public async Task Backup_IsOneMomentOfAllFiles()
    {
        await RunAsync("migrate");
        Mark("0");
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(() =>
        {
            for (var i = 1; !stop.IsCancellationRequested; i++)
            {
                // In the fixed order of no lock: trading is never behind worktime by more than the step that is under way.
                Execute("trading", $"UPDATE mark SET text = '{i}'");
                Execute("worktime", $"UPDATE mark SET text = '{i}'");
            }
        });
        for (var i = 0; i < 5; i++)
        {
            var copies = Folder.File($"copies{i}");
            await RunAsync("backup", copies);
            var first = int.Parse(Query<string>("trading", "SELECT text FROM mark", copies), System.Globalization.CultureInfo.InvariantCulture);
            var second = int.Parse(Query<string>("worktime", "SELECT text FROM mark", copies), System.Globalization.CultureInfo.InvariantCulture);
            Assert.InRange(first - second, 0, 1);
        }

        await stop.CancelAsync();
        await writing;
    }

    [Theory]
    [Trait("Case", "A14")]
    [InlineData("trading.db", "empty", "db status")]
    [InlineData("worktime.db", "damaged", "db migrate")]
    [InlineData("kv.db", "empty", "kv list")]
    [InlineData("kv.db", "damaged", "kv get key")]
    [InlineData("jobs.db", "damaged", "jobs run weekly")]
    [InlineData("signals.db", "empty", "migration status")]
    [InlineData("jobs.db", "damaged", "db backup copies")]
    [InlineData("jobs.db", "empty", "db backup copies")]
    [InlineData("kv.db", "empty", "db backup copies --module kv")]
    [InlineData("trading.db", "without tables", "db backup copies")]
    [InlineData("worktime.db", "empty", "db rollback --to 1 --confirm")]
    public async Task AnyCommand_OnAFileThatCannotBeUsed_NamesItAndTheRemedyInOneLine(string file, string fault, string command)
    {
        await RunAsync("migrate");
        var path = Path.Combine(Data, file);
        Spoil(path, fault);

        var run = await CommandRun.ExecuteAsync([.. command.Replace("copies", Copies, StringComparison.Ordinal).Split(' '), "--data", Data]);

        Assert.Equal(1, run.Exit);
        var line = Assert.Single(run.Errors.Split('\n'));
        Assert.Contains(file, line, StringComparison.Ordinal);
        Assert.Contains("db restore", line, StringComparison.Ordinal);
        Assert.True(fault != "empty" || new FileInfo(path).Length == 0);
        Assert.False(Directory.Exists(Copies));
    }

    [Fact]
    [Trait("Case", "A14")]
    public async Task Backup_OfAKeyValueStoreWhoseTableWasTakenBack_HasNoStages()
    {
        await RunAsync("migrate");
        await RunAsync("rollback", "--to", "0", "--module", "kv", "--confirm");

        await RunAsync("backup", Copies);

        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Copies, "manifest.json")));
        Assert.Empty(manifest.RootElement.GetProperty("stages").EnumerateObject());
    }

    [Theory]
    [Trait("Case", "A14")]
    [InlineData("no JSON", "db backup copies")]
    [InlineData("null", "db backup copies")]
    [InlineData("{\"stage\":\"nowhere\",\"epoch\":1}", "db backup copies")]
    [InlineData("no JSON", "migration status")]
    [InlineData("[]", "migration backfill jobs")]
    public async Task AnyCommand_OnAStageThatIsNoDocument_NamesItInOneLine(string document, string command)
    {
        await RunAsync("migrate");
        Execute("kv", $"INSERT INTO kv_entries (key, version, value) VALUES (CAST('~stage/jobs' AS BLOB), 'v', CAST('{document}' AS BLOB))");

        var run = await CommandRun.ExecuteAsync([.. command.Replace("copies", Copies, StringComparison.Ordinal).Split(' '), "--data", Data]);

        Assert.Equal(1, run.Exit);
        Assert.Contains("~stage/jobs", Assert.Single(run.Errors.Split('\n')), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Copies));
    }

    [Theory]
    [Trait("Case", "C3")]
    [InlineData("db migrate")]
    [InlineData("db status")]
    [InlineData("db backup copies")]
    [InlineData("db rollback --to 1 --confirm")]
    [InlineData("kv list")]
    [InlineData("demo")]
    public async Task AnyCommand_WithAFileInThePlaceOfTheDataFolder_SaysThatItCannotBeWritten(string command)
    {
        await File.WriteAllTextAsync(Data, "a file");

        var run = await CommandRun.ExecuteAsync([.. command.Replace("copies", Copies, StringComparison.Ordinal).Split(' '), "--data", Data]);

        Assert.Equal(1, run.Exit);
        var line = Assert.Single(run.Errors.Split('\n'));
        Assert.Contains($"'{Data}' cannot be written", line, StringComparison.Ordinal);
        Assert.Contains("--data", line, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Copies));
    }

    [Theory]
    [Trait("Case", "C3")]
    [InlineData("db backup copies")]
    [InlineData("db rollback --to 1 --confirm")]
    public async Task BackupAndRollback_WhereThereIsNoFolder_SaySoAndMakeNone(string command)
    {
        var run = await CommandRun.ExecuteAsync([.. command.Replace("copies", Copies, StringComparison.Ordinal).Split(' '), "--data", Data]);

        Assert.Equal((1, $"There is no database: '{Data}' does not exist. 'db migrate' makes it."), (run.Exit, run.Errors));
        Assert.Empty(Directory.GetFileSystemEntries(Folder.Path));
    }

    [Theory]
    [Trait("Case", "C3")]
    [InlineData("--data", "db", "status", "--data", "")]
    [InlineData("--data", "demo", "--data", " ")]
    [InlineData("--data", "--data", "")]
    [InlineData("a file or a folder", "db", "backup", "")]
    [InlineData("a file or a folder", "db", "restore", "")]
    [InlineData("a file or a folder", "kv", "import", "")]
    [InlineData("a file or a folder", "kv", "export", "")]
    [InlineData("--file", "kv", "put", "key", "--file", "")]
    public async Task AnyCommand_WithAnEmptyPath_IsAskedWrongly(string what, params string[] arguments)
    {
        var run = await CommandRun.ExecuteAsync(arguments);

        Assert.Equal(2, run.Exit);
        Assert.Contains(what, run.Errors, StringComparison.Ordinal);
        Assert.Contains("must not be empty", run.Errors, StringComparison.Ordinal);
    }
}

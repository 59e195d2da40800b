using System.Text.Json;
using TraderHub.Functions.Tests.Hosting;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Commands;

/// <summary>The command <c>migration</c>, as an operator has it while no host runs.</summary>
public sealed class MigrationCommandTests : IDisposable
{
    private static readonly string[] Days = ["analysis_2026-01-06", "analysis_2026-01-07", "analysis_2026-01-08"];

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("migration advance nobody", "nobody")]
    [InlineData("migration verify nobody", "nobody")]
    [InlineData("migration advance jobs --percent 7", "--percent")]
    [InlineData("migration advance jobs --force", "--reason")]
    [InlineData("migration rollback jobs --to sql_only", "--to")]
    [InlineData("migration backfill --rate 0", "--rate")]
    [InlineData("migration cleanup jobs", "--confirm")]
    [InlineData("migration quarantine nobodys-key", "nobodys-key")]
    public async Task WrongUsage_IsExplainedAndExitsWith2(string arguments, string explanation)
    {
        var run = await CommandRun.ExecuteAsync([.. arguments.Split(' '), "--data", folder.Path]);

        Assert.Equal(2, run.Exit);
        Assert.Contains(explanation, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheWholeWay_ThereAndBack_AgreesAtEachStage()
    {
        await FillAsync();

        Assert.Equal("kv", await StageAsync());
        Assert.Equal(1, (await RunAsync("verify jobs")).Exit);
        Assert.Equal(0, (await RunAsync("backfill jobs --dry-run")).Exit);
        Assert.Equal("kv", await StageAsync());
        Assert.Equal(0, (await RunAsync("backfill jobs")).Exit);
        await AssertAgreesAsync("copy");
        foreach (var (arguments, stage) in new[]
        {
            ("advance jobs --percent 1", "sql"),
            ("advance jobs", "sql"),
            ("advance jobs --force --reason test", "sql_only"),
            ("rollback jobs", "sql"),
            ("rollback jobs", "copy"),
            ("rollback jobs --to kv", "kv"),
        })
        {
            var (exit, answer) = await RunAsync(arguments);
            Assert.True(exit == 0, $"{arguments}: {answer.GetRawText()}");
            Assert.Equal(stage, answer[0].GetProperty("stage").GetProperty("stage").GetString());
            await AssertAgreesAsync(stage);
        }

        var (_, listed) = await RunKvAsync("kv list --json");
        Assert.Equal(Days, JsonDocument.Parse(listed).RootElement.EnumerateArray().Select(key => key.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task WithSqlThatCannotBeRead_TheStageIsTold_AndTheForcedWayBackIsGone_WithoutALoss()
    {
        await FillAsync();
        await RunProcessAsync("backfill jobs");
        await RunProcessAsync("advance jobs");
        foreach (var module in new[] { "jobs", "trading" })
        {
            File.Delete(folder.File($"{module}.db-wal"));
            await File.WriteAllTextAsync(folder.File($"{module}.db"), string.Concat(Enumerable.Repeat("What a disk makes of a database. ", 1000)));
        }

        Assert.Equal("sql", StageOf((await RunProcessAsync("status")).Answer));
        Assert.Equal(1, (await RunKvAsync("migration rollback jobs --to copy --json")).Exit);
        var (exit, answer) = await RunProcessAsync("rollback jobs --to copy --force --reason gone");

        Assert.Equal((0, "copy"), (exit, answer[0].GetProperty("stage").GetProperty("stage").GetString()));
        File.Delete(folder.File("jobs.db"));
        File.Delete(folder.File("trading.db"));
        Assert.Equal(0, (await RunProcessAsync("backfill jobs")).Exit);
        await AssertAgreesAsync("copy");
    }

    [Fact]
    public async Task AClosedGate_ExitsWith1_AndNamesItsReasons()
    {
        await FillAsync();
        await RunAsync("advance jobs");

        var (exit, answer) = await RunAsync("advance jobs");

        Assert.Equal((1, "GATE_CLOSED"), (exit, answer[0].GetProperty("code").GetString()));
        Assert.Contains("backfill", answer[0].GetProperty("reasons")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AKeyThatCannotBeRead_FailsTheBackfill_UntilItIsPutAside()
    {
        await FillAsync(("analysis_2026-01-09", "not JSON"));

        var (exit, answer) = await RunAsync("backfill jobs");
        Assert.Equal(1, exit);
        Assert.Equal("analysis_2026-01-09", answer[0].GetProperty("keys")[0].GetProperty("key").GetString());
        Assert.Equal(1, (await RunAsync("verify jobs")).Exit);
        Assert.Equal(1, (await RunAsync("advance jobs")).Exit);

        Assert.Equal(0, (await RunAsync("quarantine analysis_2026-01-09")).Exit);
        await AssertAgreesAsync("copy");
        Assert.Equal(0, (await RunAsync("advance jobs")).Exit);
        Assert.Equal(0, (await RunAsync("rollback jobs --to kv")).Exit);
        Assert.Equal((0, "not JSON"), await RunKvAsync("kv get analysis_2026-01-09"));
    }

    [Fact]
    public async Task ATamperedRow_IsFoundNamedAndMended()
    {
        await FillAsync();
        await RunAsync("backfill jobs");
        Execute("UPDATE scheduled_job_results SET confidence = 0.01 WHERE symbol = 'AAPL'");

        var (exit, answer) = await RunAsync("verify jobs");
        Assert.Equal(1, exit);
        Assert.Equal(Days, answer[0].GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("key").GetString()));
        Assert.All(answer[0].GetProperty("keys").EnumerateArray(), key => Assert.Equal("mismatch", key.GetProperty("class").GetString()));

        Assert.Equal(0, (await RunAsync("retry jobs")).Exit);
        await AssertAgreesAsync("copy");
    }

    [Fact]
    public async Task Cleanup_OnlyWhereSqlAloneHasTheGroup_DeletesItsKeys_AndTheWayBackIsStillThere()
    {
        await FillAsync(("mine", "1"));
        await RunAsync("backfill jobs");
        Assert.Equal(1, (await RunAsync("cleanup jobs --confirm")).Exit);
        await RunAsync("advance jobs");
        await RunAsync("advance jobs --force --reason test");

        Assert.Equal(2, (await RunKvAsync("kv put analysis_2026-01-08 {}")).Exit);
        Assert.Equal(0, (await RunAsync("cleanup jobs --confirm")).Exit);
        Assert.Equal((0, "mine\tpermanent"), await RunKvAsync("kv list"));

        Assert.Equal(0, (await RunAsync("rollback jobs --to kv")).Exit);
        await AssertAgreesAsync("kv");
    }

    [Fact]
    public async Task KvCommands_OnKeysThatMove_GoThroughTheEngine()
    {
        await FillAsync();
        await RunAsync("backfill jobs");

        Assert.Equal(0, (await RunKvAsync("kv delete analysis_2026-01-08")).Exit);
        Assert.Equal((1, ""), await RunKvAsync("kv get analysis_2026-01-08"));
        Assert.Equal(2, (await RunKvAsync("kv put ~stage/jobs x")).Exit);

        await AssertAgreesAsync("copy");
    }

    [Fact]
    [Trait("Case", "C5")]
    public async Task ARun_WhoseProcessWasKilledHere_IsGoneOnWithAtOnce_AndOneOfAnotherMachineAfterACountdown()
    {
        await FillAsync();
        await using (var killed = LocalHostProcess.Start(folder.Path, $"migration backfill jobs --rate 1 --data {folder.Path}"))
        {
            await Eventually.TrueAsync(() => Directory.Exists(folder.File("runs")) && Directory.GetFiles(folder.File("runs")).Length > 0);
            await killed.SignalAsync("KILL");
            await killed.WaitForExitAsync();
        }

        var watch = System.Diagnostics.Stopwatch.StartNew();
        var next = await CommandRun.ExecuteAsync("migration", "backfill", "jobs", "--data", folder.Path);
        Assert.Equal(0, next.Exit);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.DoesNotContain("is silent", next.Errors, StringComparison.Ordinal);

        // Nothing on this machine tells of a process that had it.
        var silentSince = TimeProvider.System.GetUtcNow().AddSeconds(-24).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        Execute($"UPDATE migration_runs SET status = 'running', who = 'another (command line)', updated_at = '{silentSince}', ended_at = NULL WHERE fence = (SELECT MAX(fence) FROM migration_runs)");
        var later = await CommandRun.ExecuteAsync("migration", "verify", "jobs", "--data", folder.Path);
        Assert.Equal((0, string.Empty), (later.Exit, later.Exit == 0 ? string.Empty : later.Errors));
        Assert.Contains("A run of 'jobs' is silent: dead in ", later.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnImport_IntoAGroupThatBeganWithNothing_BringsItBackToKv()
    {
        Assert.Equal("sql_only", await StageAsync());

        await FillAsync();

        Assert.Equal("kv", await StageAsync());
    }

    [Fact]
    public async Task APausedGroup_IsNotCopied_UntilItIsResumed()
    {
        await FillAsync();
        Assert.Equal(0, (await RunAsync("pause jobs")).Exit);
        Assert.Equal(1, (await RunAsync("backfill jobs")).Exit);
        Assert.Equal(0, (await RunAsync("resume jobs")).Exit);
        Assert.Equal(0, (await RunAsync("backfill jobs")).Exit);
    }

    private async Task FillAsync(params (string Key, string Value)[] others)
    {
        var rows = Days.Select(day => (Key: day, Value: AnalysisShapes.Enhanced)).Concat(others).Select(row => new { name = row.Key, value = row.Value });
        await File.WriteAllTextAsync(folder.File("keys.json"), JsonSerializer.Serialize(rows));
        Assert.Equal(0, (await CommandRun.ExecuteAsync("kv", "import", folder.File("keys.json"), "--data", folder.Path)).Exit);
    }

    private async Task<string> StageAsync()
    {
        var (_, status) = await RunAsync("status");
        return StageOf(status);
    }

    private static string StageOf(JsonElement status) =>
        status.GetProperty("groups").EnumerateArray().First().GetProperty("stage").GetProperty("stage").GetString()!;

    /// <summary>In stage kv nothing is compared: SQL may have what it likes.</summary>
    private async Task AssertAgreesAsync(string stage)
    {
        Assert.Equal(stage, await StageAsync());
        if (stage != "kv")
        {
            var (exit, answer) = await RunAsync("verify jobs");
            Assert.True(exit == 0, answer.GetRawText());
        }
    }

    private async Task<(int Exit, JsonElement Answer)> RunAsync(string arguments)
    {
        var run = await CommandRun.ExecuteAsync(["migration", .. arguments.Split(' '), "--json", "--data", folder.Path]);
        Assert.True(run.Output.Length > 0, run.Errors);
        return (run.Exit, JsonDocument.Parse(run.Output).RootElement);
    }

    /// <summary>The same in a process, which knows nothing but what the files say.</summary>
    private async Task<(int Exit, JsonElement Answer)> RunProcessAsync(string arguments)
    {
        await using var process = LocalHostProcess.Start(folder.Path, $"migration {arguments} --json", ("Database:Directory", folder.Path));
        var exit = await process.WaitForExitAsync();
        Assert.True(!process.Output.IsEmpty, string.Join('\n', process.Errors));
        return (exit, JsonDocument.Parse(string.Concat(process.Output)).RootElement);
    }

    private async Task<(int Exit, string Output)> RunKvAsync(string arguments)
    {
        await using var process = LocalHostProcess.Start(folder.Path, arguments, ("Database:Directory", folder.Path));
        return (await process.WaitForExitAsync(), string.Join('\n', process.Output));
    }

    private void Execute(string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={folder.File("jobs.db")};Pooling=False");
        Dapper.SqlMapper.Execute(connection, sql);
    }
}

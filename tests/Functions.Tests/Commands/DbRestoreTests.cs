using System.Text.Json;
using System.Text.Json.Nodes;
using TraderHub.Functions.Tests.Hosting;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Commands;

public sealed class DbRestoreTests : DbCommandPlace
{
    [Theory]
    [Trait("Case", "A6")]
    [InlineData("worktime.db", "damaged")]
    [InlineData("worktime.db", "empty")]
    [InlineData("worktime.db", "missing")]
    [InlineData("kv.db", "damaged")]
    [InlineData("kv.db", "missing")]
    [InlineData("manifest.json", "damaged")]
    [InlineData("manifest.json", "missing")]
    public async Task Restore_WithOneCopyThatIsNotWhole_SaysSoInALineAndChangesNothing(string file, string fault)
    {
        await RunAsync("migrate");
        Mark("old");
        await RunAsync("backup", Copies);
        Mark("new");
        Spoil(Path.Combine(Copies, file), fault);
        var before = Content();

        var run = await CommandRun.ExecuteAsync("db", "restore", Copies, "--data", Data);

        Assert.Equal(1, run.Exit);
        Assert.Contains(file, Assert.Single(run.Errors.Split('\n')), StringComparison.Ordinal);
        Assert.Equal(before, Content());
        Assert.All(Modules, module => Assert.Equal("new", MarkOf(module)));
    }

    [Theory]
    [Trait("Case", "A6")]
    [InlineData("""{"takenAt":"2026-01-01T00:00:00Z","files":[null],"stages":{}}""", "manifest.json' is damaged")]
    [InlineData("""{"takenAt":"2026-01-01T00:00:00Z","files":null,"stages":{}}""", "manifest.json' is damaged")]
    [InlineData("""{"takenAt":"2026-01-01T00:00:00Z","files":[<files>],"stages":{"jobs":null}}""", "manifest.json' is damaged")]
    [InlineData("""{"takenAt":"2026-01-01T00:00:00Z","files":[<files>,<files>],"stages":{}}""", "has jobs more than once")]
    [InlineData("null", "manifest.json' is damaged")]
    [InlineData("[]", "manifest.json' is damaged")]
    public async Task Restore_OfAManifestThatIsNone_SaysSoInALineAndChangesNothing(string manifest, string explanation)
    {
        await RunAsync("migrate");
        await RunAsync("backup", Copies);
        var path = Path.Combine(Copies, "manifest.json");
        using (var whole = JsonDocument.Parse(await File.ReadAllTextAsync(path)))
        {
            var files = whole.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetRawText());
            await File.WriteAllTextAsync(path, manifest.Replace("<files>", string.Join(',', files), StringComparison.Ordinal));
        }

        var before = Content();

        var run = await CommandRun.ExecuteAsync("db", "restore", Copies, "--data", Data);

        Assert.Equal(1, run.Exit);
        Assert.Contains(explanation, Assert.Single(run.Errors.Split('\n')), StringComparison.Ordinal);
        Assert.Equal(before, Content());
    }

    [Theory]
    [Trait("Case", "A6")]
    [Trait("Case", "A14")]
    [InlineData("empty")]
    [InlineData("without tables")]
    public async Task Restore_OfACopyThatItsManifestSaysIsEmpty_ChangesNothing(string fault)
    {
        await RunAsync("migrate");
        await RunAsync("backup", Copies);
        var copy = Path.Combine(Copies, "jobs.db");
        Spoil(copy, fault);
        var path = Path.Combine(Copies, "manifest.json");
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        var file = manifest["files"]!.AsArray().Single(file => file!["module"]!.GetValue<string>() == "jobs")!;
        file["size"] = new FileInfo(copy).Length;
        file["sha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(copy)));
        file["schemaVersion"] = 0;
        await File.WriteAllTextAsync(path, manifest.ToJsonString());
        var before = Content();

        var run = await CommandRun.ExecuteAsync("db", "restore", Copies, "--data", Data);

        Assert.Equal(1, run.Exit);
        Assert.Contains("jobs.db is empty", Assert.Single(run.Errors.Split('\n')), StringComparison.Ordinal);
        Assert.Equal(before, Content());
    }

    [Fact]
    [Trait("Case", "A6")]
    public async Task Restore_OfDatabasesWhoseMigrationsWereTakenBack_IsPossible()
    {
        await RunAsync("migrate");
        await RunAsync("rollback", "--to", "0", "--confirm");
        await RunAsync("backup", Copies);

        await RunAsync("restore", Copies);
    }

    [Fact]
    [Trait("Case", "A6")]
    public async Task Restore_OfAWholeBackup_BringsBackEveryModuleAndTheKeys()
    {
        await RunAsync("migrate");
        Mark("old");
        await RunAsync("backup", Copies);
        Mark("new");

        await RunAsync("restore", Copies);

        Assert.All(Modules, module => Assert.Equal("old", MarkOf(module)));
        Assert.Empty(Directory.GetDirectories(Data, ".*"));
    }

    [Fact]
    [Trait("Case", "A6")]
    public async Task Restore_KilledAtAnyMoment_LeavesAllOldOrAllNew()
    {
        await RunAsync("migrate");
        Mark("old");
        await RunAsync("backup", Copies);
        foreach (var wait in new[] { 300, 500, 700, 900, 1100 })
        {
            Mark("new");
            await using (var restore = LocalHostProcess.Start(Folder.Path, $"db restore {Copies} --data {Data}"))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(wait), TimeProvider.System, CancellationToken.None);
                await restore.SignalAsync("KILL");
            }

            await RunAsync("status");
            Assert.Single(Modules.Select(MarkOf).Distinct());
            await RunAsync("restore", Copies);
        }
    }

    [Fact]
    [Trait("Case", "A6")]
    public async Task AnyCommand_AfterARestoreThatWasKilledWhenItHadDecided_FinishesIt()
    {
        await RunAsync("migrate");
        Mark("old");
        await RunAsync("backup", Copies);
        Mark("new");
        var decided = Directory.CreateDirectory(Path.Combine(Data, ".replacing"));
        foreach (var module in Modules.Skip(2))
        {
            File.Copy(Path.Combine(Copies, $"{module}.db"), Path.Combine(decided.FullName, $"{module}.db"));
        }

        foreach (var module in Modules.Take(2))
        {
            File.Copy(Path.Combine(Copies, $"{module}.db"), Path.Combine(Data, $"{module}.db"), overwrite: true);
        }

        await RunAsync("status");

        Assert.All(Modules, module => Assert.Equal("old", MarkOf(module)));
        Assert.False(decided.Exists && Directory.Exists(decided.FullName));
    }

    [Theory]
    [Trait("Case", "A6")]
    [InlineData(null, "; jobs was verified, and agrees.", false)]
    [InlineData("UPDATE kv_entries SET value = CAST('{}' AS BLOB) WHERE key = CAST('analysis_2026-01-08' AS BLOB)", "; jobs DISAGREES and accepts no writes ", true)]
    public async Task Restore_OfAGroupWithTwoCopies_RaisesItsEpochAndVerifiesItBeforeAnybodyWrites(string? fault, string said, bool isFrozen)
    {
        await File.WriteAllTextAsync(
            Folder.File("keys.json"), JsonSerializer.Serialize(new[] { new { name = "analysis_2026-01-08", value = AnalysisShapes.Enhanced } }));
        Assert.Equal(0, (await CommandRun.ExecuteAsync("kv", "import", Folder.File("keys.json"), "--data", Data)).Exit);
        Assert.Equal(0, (await CommandRun.ExecuteAsync("migration", "backfill", "jobs", "--data", Data)).Exit);
        if (fault is not null)
        {
            Execute("kv", fault);
        }

        const string Heartbeat = """{"counter":1,"engine":1,"epochs":{},"kv":null,"sql":null}""";
        Execute("kv", $"INSERT INTO kv_entries (key, version, value) VALUES (CAST('~inst/another' AS BLOB), 'v', CAST('{Heartbeat}' AS BLOB))");
        await RunAsync("backup", Copies);
        var before = await StageAsync();
        var sentence = await RunAsync("restore", Copies);
        var after = await StageAsync();

        Assert.Contains(said, sentence, StringComparison.Ordinal);
        Assert.True(after.GetProperty("epoch").GetInt64() > before.GetProperty("epoch").GetInt64());
        Assert.Equal(isFrozen, after.TryGetProperty("frozenBecause", out var reason) && reason.ValueKind == JsonValueKind.String);
        Assert.Equal(0, Query<long>("kv", "SELECT COUNT(*) FROM kv_entries WHERE CAST(key AS TEXT) LIKE '~inst/%'"));
    }

    private async Task<JsonElement> StageAsync()
    {
        var status = JsonDocument.Parse((await CommandRun.ExecuteAsync("migration", "status", "--json", "--data", Data)).Output);
        return status.RootElement.GetProperty("groups").EnumerateArray().Single(group => group.GetProperty("group").GetString() == "jobs").GetProperty("stage");
    }
}

using System.Text.Json;
using TraderHub.Functions.Tests.Hosting;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Commands;

public sealed class KvCommandTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Put_Get_List_Delete_DoWhatTheySay()
    {
        Assert.Equal((0, ""), await RunAsync("kv put greeting \"Grüße\" --ttl 3600"));
        Assert.Equal((0, "Grüße"), await RunAsync("kv get greeting"));
        Assert.StartsWith("greeting\t20", (await RunAsync("kv list greet")).Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), await RunAsync("kv delete greeting"));
        Assert.Equal((1, ""), await RunAsync("kv get greeting"));
        Assert.Equal((0, "[]"), await RunAsync("kv list --json"));
    }

    [Theory]
    [InlineData("kv put short value --ttl 59", "60")]
    [InlineData("kv put . value", "'.'")]
    [InlineData("kv put key", "--file")]
    [InlineData("kv put key value --file other", "--file")]
    [InlineData("kv get", "key")]
    public async Task WrongUsage_IsExplainedAndExitsWith2(string arguments, string explanation)
    {
        var run = await RunHereAsync(arguments.Split(' '));

        Assert.Equal(2, run.Exit);
        Assert.Contains(explanation, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_AKeyOf513BytesAndAValueOf26MiB_AreRefused()
    {
        await File.WriteAllBytesAsync(folder.File("large"), new byte[26 * 1024 * 1024]);

        Assert.Equal(2, (await RunHereAsync("kv", "put", new string('k', 513), "value")).Exit);
        Assert.Equal(2, (await RunHereAsync("kv", "put", "large", "--file", folder.File("large"))).Exit);
        Assert.Equal((0, ""), await RunAsync("kv list"));
    }

    [Fact]
    public async Task Import_ThenExport_IsTheSame_AndASecondImportChangesNothing()
    {
        const string Rows = """
            [{"name":"a","value":"{\"no\": \"change\"}","expiration":4102444800,"metadata":{"é":1}},{"name":"b","value":"not JSON"},{"name":"c","value":"/wB7","base64":true},{"name":"d","value":""}]
            """;
        await File.WriteAllTextAsync(folder.File("in.json"), Rows);

        Assert.Equal(new(0, "4 rows: 4 stored, 0 there already, 0 expired, 0 failed", ""), await RunHereAsync("kv", "import", folder.File("in.json")));
        Assert.Equal(new(0, "4 rows: 0 stored, 4 there already, 0 expired, 0 failed", ""), await RunHereAsync("kv", "import", folder.File("in.json")));
        Assert.Equal(new(0, "4 keys exported", ""), await RunHereAsync("kv", "export", folder.File("out.json")));
        Assert.Equal(Rows.Trim(), await File.ReadAllTextAsync(folder.File("out.json")));
    }

    [Fact]
    public async Task Import_RowsThatCannotBeTaken_AreNamedAndHarmNoOther()
    {
        await File.WriteAllTextAsync(
            folder.File("in.json"),
            $$"""
            [{"name":"good","value":"1"},
             {"name":"{{new string('k', 513)}}","value":5,"extra":true},
             {"value":"no name"},
             7,
             {"name":"base","value":"%","base64":true},
             {"name":"half","value":"\uD83D"},
             {"name":"old","value":"1","expiration":1000000000},
             {"name":"meta","value":"1","metadata":"{{new string('m', 1024)}}"},
             {"name":"also good","value":"2"}]
            """);

        var run = await RunHereAsync("kv", "import", folder.File("in.json"), "--json");

        var summary = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(1, run.Exit);
        Assert.Equal((9, 2, 1, 6), (Number("rows"), Number("stored"), Number("expired"), Number("failed")));
        var problems = summary.GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()!).ToList();
        Assert.All(
            ["row 2: name: ", "row 2: value: ", "row 2: extra: ", "row 3: name: ", "row 4: row: ", "row 5: value: ", "row 6: value: ", "row 8: metadata: "],
            expected => Assert.Contains(problems, problem => problem.StartsWith(expected, StringComparison.Ordinal)));
        Assert.Equal((0, "2"), await RunAsync("kv get \"also good\""));

        int Number(string name) => summary.GetProperty(name).GetInt32();
    }

    [Fact]
    [Trait("Case", "T4")]
    public async Task Import_ARowThatTheStoreRefuses_IsNamedWithItsNumberAndHarmsNoOther()
    {
        var rows = Enumerable.Range(1, 200).Select(number => new { name = number is 17 or 150 ? $"~stage/{number}" : $"key{number}", value = "1" });
        await File.WriteAllTextAsync(folder.File("in.json"), JsonSerializer.Serialize(rows));

        var run = await RunHereAsync("kv", "import", folder.File("in.json"));

        Assert.Equal((1, "200 rows: 198 stored, 0 there already, 0 expired, 2 failed"), (run.Exit, run.Output));
        var errors = run.Errors.Split('\n');
        Assert.StartsWith("row 17: '~stage/17' ", errors[0], StringComparison.Ordinal);
        Assert.StartsWith("row 150: '~stage/150' ", errors[1], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "T5")]
    public async Task Import_AWranglerBulkFile_IsTaken()
    {
        await File.WriteAllTextAsync(
            folder.File("in.json"),
            """
            [{"key":"minute","value":"1","expiration_ttl":60},
             {"key":"hour","value":"1","expiration":1000000000,"expiration_ttl":3600.0,"metadata":{"a":1}},
             {"key":"bytes","value":"/wB7","base64":true,"expiration":null,"expiration_ttl":null},
             {"key":"date","value":"1","expiration":4102444800,"base64":false},
             {"key":"short","value":"1","expiration_ttl":59},
             {"key":"text","value":"1","expiration_ttl":"3600"},
             {"key":"far","value":"1","expiration_ttl":253402300799},
             {"key":"plain","value":"1"}]
            """);

        var run = await RunHereAsync("kv", "import", folder.File("in.json"));

        Assert.Equal((1, "8 rows: 5 stored, 0 there already, 0 expired, 3 failed"), (run.Exit, run.Output));
        Assert.Equal(["row 5: expiration_ttl", "row 6: expiration_ttl", "row 7: expiration_ttl"], run.Errors.Split('\n').Select(line => line[..21]));
        using var keys = JsonDocument.Parse((await RunAsync("kv list --json")).Output);
        var ends = keys.RootElement.EnumerateArray().ToDictionary(
            key => key.GetProperty("name").GetString()!, key => key.TryGetProperty("expiration", out var end) ? end.GetInt64() : 0);
        Assert.InRange(ends["hour"] - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), 3500, 3600);
        Assert.InRange(ends["minute"] - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), 1, 60);
        Assert.Equal((0L, 4102444800L), (ends["plain"], ends["date"]));
    }

    [Fact]
    public async Task Import_AFileThatBreaksOff_SaysWhereAndKeepsTheRowsBefore()
    {
        await File.WriteAllTextAsync(folder.File("in.json"), "[{\"name\":\"a\",\"value\":\"1\"},\n{\"name\":");

        var run = await RunHereAsync("kv", "import", folder.File("in.json"));

        Assert.Equal(1, run.Exit);
        Assert.Contains("after row 1 (line 2)", run.Errors, StringComparison.Ordinal);
        Assert.Equal((0, "1"), await RunAsync("kv get a"));
    }

    [SkippableFact]
    public async Task WithTableStorage_TheCommandsAreTheSame()
    {
        await using var azurite = await AzuriteServer.StartAsync();
        (string, string)[] settings = [("KeyValue:Provider", "table"), ("KeyValue:ConnectionString", azurite.ConnectionString)];

        Assert.Equal((0, ""), await RunAsync("kv put key value", settings));
        Assert.Equal((0, "key\tpermanent"), await RunAsync("kv list", settings));
        await azurite.EndProcessAsync("KILL");
        Assert.Equal((1, ""), await RunAsync("kv get key", settings));
    }

    /// <summary>In this process, and with the data where a process started in the folder has them.</summary>
    private Task<CommandRun> RunHereAsync(params string[] arguments) => CommandRun.ExecuteAsync([.. arguments, "--data", folder.File("data")]);

    /// <summary>In a process: what a key holds is written as bytes to the process's own output.</summary>
    private async Task<(int Exit, string Output)> RunAsync(string arguments, params (string Key, string Value)[] settings)
    {
        await using var process = LocalHostProcess.Start(folder.Path, arguments, settings);
        var exit = await process.WaitForExitAsync();
        return (exit, string.Join('\n', process.Output));
    }
}

using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using TraderHub.Functions.Tests.Commands;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Hosting;

/// <summary>The host and its commands as an operator has them: as processes, with the environment of a machine.</summary>
public sealed class OperatingTests : IDisposable
{
    private const string AnyPort = "--urls http://127.0.0.1:0";

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    [Trait("Case", "A5")]
    public async Task Demo_OnAMachineThatIsSetUpForProduction_TouchesNothingButItsFolder()
    {
        const string Secret = "the-secret-of-the-machine-that-nobody-else-shall-have";
        await using var demo = LocalHostProcess.Start(
            folder.Path,
            $"demo {AnyPort} --json",
            ("Database:Provider", "postgres"),
            ("Database:ConnectionString", "Host=127.0.0.1;Port=1;Database=production;Username=nobody;Timeout=1"),
            ("KeyValue:Provider", "table"),
            ("KeyValue:ConnectionString", "UseDevelopmentStorage=true"),
            ("Migration:ExportDirectory", folder.File("exports")),
            ("Auth:AdminToken", Secret),
            ("Auth:JwtSecret", Secret),
            ("Auth:DataProtectionSecret", Secret),
            ("GitHub:ClientSecret", Secret),
            ("GitHub:WebhookSecret", Secret),
            ("Demo:WalletKey", new string('1', 64)),
            ("WEBSITE_SITE_NAME", "production"));
        await demo.WaitUntilServingAsync();

        var data = folder.File("demo-data");
        var settings = await File.ReadAllTextAsync(Path.Combine(data, "local.settings.json"));
        Assert.DoesNotContain(Secret, settings, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('1', 64), settings, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(data, "trading.db")));
        Assert.True(File.Exists(Path.Combine(data, "kv.db")));
        Assert.Equal([data], Directory.GetFileSystemEntries(folder.Path));
        AssertPrivate(data);

        // A command on the demo's folder is as little the machine's.
        await using var status = LocalHostProcess.Start(
            folder.Path, "migration status --json --data ./demo-data", ("Database:Provider", "postgres"), ("Database:ConnectionString", "Host=127.0.0.1;Port=1;Timeout=1"));
        Assert.Equal(0, await status.WaitForExitAsync());
    }

    [Theory]
    [Trait("Case", "A5")]
    [InlineData("trading.db")]
    [InlineData("local.settings.json")]
    public async Task Demo_InAFolderThatHasOtherData_IsRefused(string file)
    {
        Directory.CreateDirectory(folder.File("data"));
        await File.WriteAllTextAsync(folder.File($"data/{file}"), """{"Values":{"Auth__AdminToken":"x"}}""");

        var run = await CommandRun.ExecuteAsync("demo", "--data", folder.File("data"));

        Assert.Equal(1, run.Exit);
        Assert.Contains(file, Assert.Single(run.Errors.Split('\n')), StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(folder.File("data")));
    }

    [Fact]
    [Trait("Case", "C1")]
    public async Task DemoLink_WithoutAnAddress_SignsABrowserInToTheRunningDemo()
    {
        await using (var demo = LocalHostProcess.Start(folder.Path, $"demo {AnyPort} --json"))
        {
            await demo.WaitUntilServingAsync();
            var guide = JsonDocument.Parse(demo.Output.Single(line => line.Contains("\"dashboard\"", StringComparison.Ordinal))).RootElement;
            var address = new Uri(guide.GetProperty("address").GetString()!);

            await using var link = LocalHostProcess.Start(folder.Path, "demo link");
            Assert.Equal(0, await link.WaitForExitAsync());
            Assert.StartsWith(address.ToString(), link.Output.Single(), StringComparison.Ordinal);
            Assert.Contains("Open positions", await demo.Http.GetStringAsync(new Uri(link.Output.Single())), StringComparison.Ordinal);

            using var stranger = new HttpClient();
            var page = await stranger.GetStringAsync(address);
            Assert.Contains("demo link", page, StringComparison.Ordinal);
            Assert.DoesNotContain("--urls", page, StringComparison.Ordinal);
            await demo.SignalAsync("KILL");
            await demo.WaitForExitAsync();
        }

        await using var late = LocalHostProcess.Start(folder.Path, "demo link");
        Assert.Equal(1, await late.WaitForExitAsync());
        Assert.Contains("is not running", Assert.Single(late.Errors), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "A11")]
    public async Task Everything_ThatIsWritten_IsReadableByItsAccountAlone()
    {
        var data = folder.File("data");
        await using var host = LocalHostProcess.Start(folder.Path, $"serve {AnyPort} --data {data}", ("Auth:AdminToken", new string('o', 32)));
        await host.WaitUntilReadyAsync();
        foreach (var arguments in new[] { $"kv put key value --data {data}", $"kv export {folder.File("keys.json")} --data {data}", $"db backup {folder.File("copies")} --data {data}" })
        {
            Assert.Equal(0, (await CommandRun.ExecuteAsync(arguments.Split(' '))).Exit);
        }

        AssertPrivate(data);
        AssertPrivate(folder.File("copies"));
        AssertPrivate(folder.File("keys.json"));
        Assert.Contains(Directory.GetFiles(data), file => file.EndsWith("-wal", StringComparison.Ordinal));
        Assert.Single(host.Errors, line => line.Contains("Auth:DataProtectionSecret", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Case", "A11")]
    public async Task Files_OfAnOlderBuildThatOthersCouldRead_AreTheirOwnersAlone()
    {
        var data = folder.File("data");
        Assert.Equal(0, (await CommandRun.ExecuteAsync("db", "migrate", "--data", data)).Exit);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(Path.Combine(data, "kv.db"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        Assert.Equal(0, (await CommandRun.ExecuteAsync("kv", "list", "--data", data)).Exit);

        AssertPrivate(data);
    }

    [Theory]
    [Trait("Case", "A14")]
    [InlineData("trading.db", "empty")]
    [InlineData("jobs.db", "damaged")]
    [InlineData("kv.db", "empty")]
    [InlineData("kv.db", "damaged")]
    public async Task Serve_OnAFileThatCannotBeUsed_NamesItAndTheRemedyInOneLine(string file, string fault)
    {
        var data = folder.File("data");
        Assert.Equal(0, (await CommandRun.ExecuteAsync("db", "migrate", "--data", data)).Exit);
        await File.WriteAllBytesAsync(Path.Combine(data, file), fault == "empty" ? [] : [.. Enumerable.Repeat((byte)7, 8192)]);

        await using var host = LocalHostProcess.Start(folder.Path, $"serve {AnyPort} --data {data}");

        Assert.Equal(1, await host.WaitForExitAsync());
        var line = Assert.Single(host.Errors);
        Assert.Contains(file, line, StringComparison.Ordinal);
        Assert.Contains("db restore", line, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Case", "C3")]
    [Trait("Case", "A14")]
    [InlineData("serve --urls http://127.0.0.1:0")]
    [InlineData("db migrate")]
    [InlineData("db backup copies")]
    [InlineData("kv list")]
    [InlineData("migration backfill")]
    [InlineData("jobs run weekly")]
    [InlineData("demo --urls http://127.0.0.1:0")]
    public async Task AnyCommand_WithAFileForTheDataFolder_SaysSoInOneLine(string command)
    {
        await File.WriteAllTextAsync(folder.File("file"), "no folder");

        await using var run = LocalHostProcess.Start(folder.Path, $"{command} --data {folder.File("file")}");

        Assert.Equal(1, await run.WaitForExitAsync());
        Assert.Contains(folder.File("file"), Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "C3")]
    public async Task JobsRun_WithoutANetwork_WritesTheClearLineAlone_AndTheRestWhenItIsAskedFor()
    {
        (string, string)[] offline = [("Quotes:BaseUrl", "http://127.0.0.1:1"), ("Hyperliquid:BaseUrl", "http://127.0.0.1:1"), ("Hyperliquid:Retries", "0")];
        await using var run = LocalHostProcess.Start(folder.Path, "jobs run pre-market", offline);
        await using var verbose = LocalHostProcess.Start(folder.Path, "jobs run pre-market --verbose --data other", offline);

        Assert.Equal(1, await run.WaitForExitAsync());
        Assert.Equal(1, await verbose.WaitForExitAsync());
        Assert.Empty(run.Errors);
        Assert.Contains(run.Output, line => line.StartsWith("pre-market ", StringComparison.Ordinal));
        Assert.NotEmpty(verbose.Errors);
    }

    [Theory]
    [Trait("Case", "C4")]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task ASignal_IsAnsweredAtOnceWithWhatIsStillRunning(string signal)
    {
        await using var exchange = await UpstreamDouble.StartAsync();
        await using var host = LocalHostProcess.Start(folder.Path, $"serve {AnyPort}", ("Shutdown:DrainSeconds", "3"));
        await host.WaitUntilReadyAsync();
        var watch = Stopwatch.StartNew();

        await host.SignalAsync(signal);
        await Eventually.TrueAsync(() => host.Errors.Any(line => line.StartsWith("Draining, 0 requests", StringComparison.Ordinal)));

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(0, await host.WaitForExitAsync());
    }

    [Fact]
    [Trait("Case", "A7")]
    public async Task GetHealth_WithoutATableOrTheNewestMigration_IsUnhealthy()
    {
        await using var host = LocalHostProcess.Start(folder.Path, $"serve {AnyPort}");
        await host.WaitUntilReadyAsync();
        Execute("signals", "DELETE FROM schema_migrations WHERE version = (SELECT MAX(version) FROM schema_migrations)");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Http.GetAsync("/api/health")).StatusCode);
    }

    private void Execute(string module, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File($"data/{module}.db")};Pooling=False;Mode=ReadWrite");
        connection.Execute(sql);
    }

    private static void AssertPrivate(string path)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string[] all = Directory.Exists(path) ? [path, .. Directory.GetFileSystemEntries(path, "*", SearchOption.AllDirectories)] : [path];
        foreach (var each in all)
        {
            Assert.True((File.GetUnixFileMode(each) & Others) == 0, each);
        }
    }
}

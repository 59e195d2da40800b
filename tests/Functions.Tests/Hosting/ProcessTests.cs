using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Functions.Tests.Trading;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Hosting;

public sealed class ProcessTests : IDisposable
{
    private const string AnyPort = "--urls http://127.0.0.1:0";

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Serve_ListsItsFunctionsAndTimers()
    {
        await using var host = LocalHostProcess.Start(folder.Path, $"serve {AnyPort}");
        await host.WaitUntilReadyAsync();

        Assert.Contains($"    GetBalance: [GET] {host.Http.BaseAddress}api/balance", host.Output);
        Assert.Contains(host.Output, line => line.StartsWith("    CaptureSnapshots: timerTrigger [0 */30 * * * *], next run ", StringComparison.Ordinal));
        Assert.Equal("""{"status":"ok"}""", await host.Http.GetStringAsync("/health"));
        Assert.True(File.Exists(folder.File("data/trading.db")));
    }

    [Fact]
    public async Task Serve_WithWrongSettings_NamesAllOfThemAndExitsWith1()
    {
        await using var host = LocalHostProcess.Start(
            folder.Path,
            AnyPort,
            ("Hyperliquid:BaseUrl", "not a url"),
            ("Hyperliquid:TimeoutSeconds", "-1"),
            ("Auth:AdminToken", "short"),
            ("Timers:Enabled", "perhaps"),
            ("Shutdown:DrainSeconds", "soon"),
            ("Database:Provider", "oracle"));

        Assert.Equal(1, await host.WaitForExitAsync());
        var errors = string.Join('\n', host.Errors);
        Assert.StartsWith("6 settings are wrong:", errors, StringComparison.Ordinal);
        Assert.All(
            ["Hyperliquid:BaseUrl", "Hyperliquid:TimeoutSeconds", "Auth:AdminToken", "Timers:Enabled", "Shutdown:DrainSeconds", "Database:Provider"],
            key => Assert.Contains($"- {key} ", errors, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_WhereOthersCanReachIt_NeedsTheDomainThatWalletsSignInTo()
    {
        await using var host = LocalHostProcess.Start(folder.Path, "serve --urls http://0.0.0.0:0");

        Assert.Equal(1, await host.WaitForExitAsync());
        Assert.Contains("- Auth:Domain is not set", string.Join('\n', host.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_OnABusyPort_SaysSoAndExitsWith1()
    {
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)busy.LocalEndpoint).Port}";

        await using var host = LocalHostProcess.Start(folder.Path, $"serve --urls {url}");

        Assert.Equal(1, await host.WaitForExitAsync());
        Assert.StartsWith($"{url} cannot be listened on", Assert.Single(host.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", 2)]
    [InlineData("serve --nonsense", 2)]
    [InlineData("serve --urls nonsense", 2)]
    [InlineData("db nonsense", 2)]
    [InlineData("db", 2)]
    [InlineData("jobs run hourly", 2)]
    [InlineData("jobs run weekly --date soon", 2)]
    [InlineData("--help", 0)]
    [InlineData("serve --help", 0)]
    public async Task Arguments_ThatAreWrong_ExitWith2(string arguments, int exitCode)
    {
        await using var host = LocalHostProcess.Start(folder.Path, arguments);

        Assert.Equal(exitCode, await host.WaitForExitAsync());
    }

    [Fact]
    public async Task Settings_OfTheDataFolderAndTheEnvironment_WinOverThoseOfTheWorkingDirectory()
    {
        Directory.CreateDirectory(folder.File("other"));
        await File.WriteAllTextAsync(folder.File("local.settings.json"), """{"Values":{"Timers__Enabled":"wrong 1","Shutdown__DrainSeconds":"wrong 2"}}""");
        await File.WriteAllTextAsync(folder.File("other/local.settings.json"), """{"Values":{"Timers__Enabled":"wrong 3"}}""");

        await using var host = LocalHostProcess.Start(folder.Path, $"serve {AnyPort} --data other", ("Shutdown:DrainSeconds", "wrong 4"));

        await host.WaitForExitAsync();
        var errors = string.Join('\n', host.Errors);
        Assert.Contains("'wrong 3'", errors, StringComparison.Ordinal);
        Assert.Contains("'wrong 4'", errors, StringComparison.Ordinal);
        Assert.StartsWith("2 settings", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_InAFileThatIsNoJson_NameTheFile()
    {
        await File.WriteAllTextAsync(folder.File("local.settings.json"), "{");

        await using var host = LocalHostProcess.Start(folder.Path, AnyPort);

        Assert.Equal(1, await host.WaitForExitAsync());
        Assert.Contains("local.settings.json", string.Join('\n', host.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminate_DuringARequest_SaysDrainingFinishesTheRequestAndExitsWith0()
    {
        await using var exchange = await UpstreamDouble.StartAsync();
        var release = new TaskCompletionSource();
        exchange.AnswerAll();
        exchange.Answer("clearinghouseState", async http =>
        {
            await release.Task;
            http.Response.ContentType = "application/json";
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
                http.Response, """{"marginSummary":{"accountValue":"1","totalNtlPos":"0","totalMarginUsed":"0"},"withdrawable":"1","assetPositions":[]}""");
        });
        await using var host = LocalHostProcess.Start(
            folder.Path, $"serve {AnyPort}", ("Hyperliquid:BaseUrl", exchange.Address.ToString()), ("Shutdown:DrainSeconds", "2"));
        await host.WaitUntilReadyAsync();
        host.Http.DefaultRequestHeaders.Authorization = new("Bearer", AddSession());

        var request = host.Http.GetAsync("/api/balance");
        await Eventually.TrueAsync(() => exchange.Requests.Any(asked => asked.Contains("\"clearinghouseState\"", StringComparison.Ordinal)));
        await host.SignalAsync("TERM");
        await Eventually.TrueAsync(async () => (await host.Http.GetAsync("/health")).StatusCode == HttpStatusCode.ServiceUnavailable);
        release.SetResult();

        Assert.Equal(HttpStatusCode.OK, (await request).StatusCode);
        Assert.Equal(0, await host.WaitForExitAsync());
    }

    [Fact]
    public async Task Terminate_Twice_EndsAtOnce()
    {
        await using var host = LocalHostProcess.Start(folder.Path, $"serve {AnyPort}", ("Shutdown:DrainSeconds", "10"));
        await host.WaitUntilReadyAsync();
        var watch = Stopwatch.StartNew();

        await host.SignalAsync("TERM");
        await Eventually.TrueAsync(async () => (await host.Http.GetAsync("/health")).StatusCode == HttpStatusCode.ServiceUnavailable);
        await host.SignalAsync("TERM");

        Assert.Equal(130, await host.WaitForExitAsync());
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(9));
    }

    [Fact]
    public async Task Kill_InTheMiddleOfATimer_IsCompletedByTheNextStartAndDoublesNothing()
    {
        await using var exchange = await UpstreamDouble.StartAsync();
        var account = """{"marginSummary":{"accountValue":"1","totalNtlPos":"1","totalMarginUsed":"1"},"withdrawable":"0","assetPositions":[{"position":{"coin":"BTC","szi":"1","positionValue":"1","unrealizedPnl":"0","marginUsed":"1"}}]}""";
        var hung = new TaskCompletionSource();
        exchange.AnswerAll();
        var asked = 0;
        exchange.Answer("clearinghouseState", async http =>
        {
            if (Interlocked.Increment(ref asked) > 4)
            {
                hung.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
            }

            http.Response.ContentType = "application/json";
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, account);
        });
        var settings = new[] { ("Hyperliquid:BaseUrl", exchange.Address.ToString()), ("Hyperliquid:WeightPerMinute", "1000000") };
        await using (var first = LocalHostProcess.Start(folder.Path, $"serve {AnyPort}", settings))
        {
            await first.WaitUntilReadyAsync();
            for (var i = 1; i <= 20; i++)
            {
                AddSession($"0x{i:x40}");
            }

            await Eventually.TrueAsync(() => Query<string>("SELECT function FROM timer_status WHERE function = 'CaptureSnapshots'").Count == 1);
        }

        Execute("UPDATE timer_status SET next = '2026-01-01T00:30:00.000Z' WHERE function = 'CaptureSnapshots'");
        await using (var second = LocalHostProcess.Start(folder.Path, $"serve {AnyPort}", settings))
        {
            await hung.Task.WaitAsync(Eventually.Limit);
            await Eventually.TrueAsync(() => Query<long>("SELECT COUNT(*) FROM position_snapshots").Single() >= 1);
            await second.SignalAsync("KILL");
            await second.WaitForExitAsync();
        }

        exchange.Answer("clearinghouseState", account);
        await using var third = LocalHostProcess.Start(folder.Path, $"serve {AnyPort}", settings);
        await Eventually.TrueAsync(() => Query<string>("SELECT status FROM cron_logs WHERE status = 'completed' AND job_name = 'CaptureSnapshots'").Count == 1);

        Assert.Equal(["started", "completed"], Query<string>("SELECT status FROM cron_logs WHERE job_name = 'CaptureSnapshots' ORDER BY id"));
        Assert.Equal([20L], Query<long>("SELECT COUNT(DISTINCT user_address) FROM position_snapshots"));
        Assert.Equal([1L], Query<long>("SELECT DISTINCT COUNT(*) FROM position_snapshots GROUP BY user_address, snapshot_time"));
        Assert.Contains(third.Errors, line => line.Contains("Timer CaptureSnapshots missed its run of", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Demo_EveryPrintedCommandAnswers200AndASnapshotAppears()
    {
        await using var demo = LocalHostProcess.Start(folder.Path, $"demo {AnyPort}");
        await demo.WaitUntilReadyAsync();

        var commands = demo.Output.Where(line => line.StartsWith("    curl ", StringComparison.Ordinal)).ToList();
        Assert.Equal(7, commands.Count);
        foreach (var command in commands)
        {
            Assert.Equal("200", await RunAsync($"{command} -s -o /dev/null -w '%{{http_code}}'"));
        }

        using var connection = new SqliteConnection($"Data Source={folder.File("demo-data/trading.db")};Pooling=False");
        await Eventually.TrueAsync(() => connection.QuerySingle<long>("SELECT COUNT(*) FROM position_snapshots") == 1);
    }

    [Fact]
    public async Task Demo_HasWhatOlderSystemsLeft_AndThePrintedCommandMovesItWhileEveryAnswerStaysTheSame()
    {
        await using var demo = LocalHostProcess.Start(folder.Path, $"demo {AnyPort} --json");
        await demo.WaitUntilServingAsync();
        var guide = JsonDocument.Parse(demo.Output.Single(line => line.Contains("\"dashboard\"", StringComparison.Ordinal))).RootElement;
        var report = new Uri(new Uri(guide.GetProperty("address").GetString()!), "api/v1/reports/pre-market?date=2026-01-06");
        var before = await demo.Http.GetStringAsync(report);
        var printed = guide.GetProperty("migrate").GetString()!.Split(" -- ")[1];

        foreach (var command in new[] { printed, printed.Replace("backfill", "advance jobs", StringComparison.Ordinal) })
        {
            await using var migration = LocalHostProcess.Start(folder.Path, command);
            Assert.Equal(0, await migration.WaitForExitAsync());
            Assert.Equal(before, await demo.Http.GetStringAsync(report));
        }

        Assert.Contains("\"state\":\"ready\"", before, StringComparison.Ordinal);
        await using var status = LocalHostProcess.Start(folder.Path, "migration status --json --data ./demo-data");
        Assert.Equal(0, await status.WaitForExitAsync());
        Assert.Contains("\"stage\":\"sql\"", string.Concat(status.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DemoLink_SignsABrowserInToTheRunningDemo()
    {
        await using var demo = LocalHostProcess.Start(folder.Path, $"demo {AnyPort} --json");
        await demo.WaitUntilServingAsync();
        var guide = JsonDocument.Parse(demo.Output.Single(line => line.Contains("\"dashboard\"", StringComparison.Ordinal))).RootElement;
        var address = guide.GetProperty("address").GetString()!;

        await using var link = LocalHostProcess.Start(folder.Path, $"demo link --urls {address}");
        Assert.Equal(0, await link.WaitForExitAsync());

        foreach (var each in new[] { guide.GetProperty("dashboard").GetString()!, link.Output.Single() })
        {
            using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() });
            Assert.Contains("Open positions", await browser.GetStringAsync(new Uri(each)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task DbMigrate_ThenStatus_ShowsEveryMigrationAsApplied()
    {
        await using var before = LocalHostProcess.Start(folder.Path, "db status --json");
        Assert.Equal(0, await before.WaitForExitAsync());
        await using var migrate = LocalHostProcess.Start(folder.Path, "db migrate");
        Assert.Equal(0, await migrate.WaitForExitAsync());
        await using var after = LocalHostProcess.Start(folder.Path, "db status --json");
        Assert.Equal(0, await after.WaitForExitAsync());

        Assert.All(Rows(before), row => Assert.Equal(JsonValueKind.Null, row.GetProperty("appliedAt").ValueKind));
        Assert.All(Rows(after), row => Assert.Equal(JsonValueKind.String, row.GetProperty("appliedAt").ValueKind));

        static IEnumerable<JsonElement> Rows(LocalHostProcess process) =>
            JsonDocument.Parse(string.Concat(process.Output)).RootElement.EnumerateArray();
    }

    private static async Task<string> RunAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardOutput = true })!;
        return await shell.StandardOutput.ReadToEndAsync();
    }

    private string AddSession(string address = "0x00000000000000000000000000000000000000c3")
    {
        var token = SessionToken.Create();
        Execute($"INSERT INTO user_sessions VALUES ('{SessionToken.Hash(token)}', '{address}', 0, 9999999999)");
        Execute($"INSERT INTO traders (user_address, last_sign_in_at) VALUES ('{address}', 9999999999) ON CONFLICT DO NOTHING");
        return token;
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File("data/trading.db")};Pooling=False");
        connection.Execute(sql);
    }

    private List<T> Query<T>(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File("data/trading.db")};Pooling=False");
        return connection.Query<T>(sql).AsList();
    }
}

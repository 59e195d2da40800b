using System.Text.Json;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Jobs;

/// <summary>A host whose stock prices a test decides, with its clock at the moment the test is about.</summary>
internal sealed class ReportsHost : IAsyncDisposable
{
    public const string Key = "the-key-of-the-reports";

    public const string OtherKey = "the-key-of-a-reader";

    private readonly TempFolder folder = new();

    public QuotesDouble Quotes { get; private set; } = null!;

    public ManualClock Clock { get; private set; } = null!;

    public TestHost Host { get; private set; } = null!;

    public static async Task<ReportsHost> StartAsync(string now, string symbols = "AAPL,MSFT")
    {
        var jobs = new ReportsHost { Quotes = await QuotesDouble.StartAsync() };
        await jobs.StartHostAsync(now, symbols);
        return jobs;
    }

    /// <summary>The same with keys that the host finds: how far they have moved is decided when it starts.</summary>
    public static async Task<ReportsHost> StartOnKeysAsync(string now, params (string Key, string Value)[] keys)
    {
        var jobs = new ReportsHost { Quotes = await QuotesDouble.StartAsync() };
        await KeyFile.ImportAsync(jobs.folder.Path, keys);
        await jobs.StartHostAsync(now, "AAPL,MSFT");
        return jobs;
    }

    /// <summary>The same host at another moment, on the same data. Only a host that remembers when its timers were due runs by itself what it missed.</summary>
    public async Task RestartAsync(string now, string symbols = "AAPL,MSFT", bool remembersTimers = false)
    {
        await Host.DisposeAsync();
        if (!remembersTimers)
        {
            Host.Execute("DELETE FROM timer_status");
        }

        await StartHostAsync(now, symbols);
    }

    /// <summary>A year that rises steadily, whose last price is of a date; the last day may move otherwise.</summary>
    public void Rise(string symbol, DateOnly last, decimal lastMove = 0.01m)
    {
        var closes = Enumerable.Range(0, 250).Select(day => 100m + (day * 0.4m)).ToList();
        Quotes.AnswerPrices(symbol, last, [.. closes, closes[^1] * (1 + lastMove)]);
    }

    /// <summary>Runs a timer, and waits for its end; what it wrote into the log of timers is returned.</summary>
    public async Task<string> RunTimerAsync(string name)
    {
        var before = EndedRuns(name).Count;
        (await Host.RunTimerAsync(name)).EnsureSuccessStatusCode();
        await Eventually.TrueAsync(() => EndedRuns(name).Count > before);
        return EndedRuns(name)[^1];
    }

    public async Task<JsonElement> ReadAsync(string path) => await (await Host.Http.GetAsync(path)).JsonAsync();

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null, string key = Key, string? idempotencyKey = null) =>
        Host.SendAsync(
            method, path, body, [("X-API-Key", key), .. idempotencyKey is null ? Array.Empty<(string, string)>() : [("Idempotency-Key", idempotencyKey)]]);

    /// <summary>The executions, as a line each.</summary>
    public IReadOnlyList<string> Executions() => Host.Query<string>(
        "SELECT execution_date || ' ' || COALESCE(report_type, '-') || ' ' || status || ' ' || trigger_source FROM job_executions ORDER BY id", "jobs");

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Quotes.DisposeAsync();
        folder.Dispose();
    }

    private List<string> EndedRuns(string name) =>
        [.. Host.Query<string>(
            $"SELECT status || ' ' || users_processed || ' ' || users_failed || ' ' || users_skipped FROM cron_logs WHERE status <> 'started' AND job_name = '{name}' ORDER BY id")];

    private async Task StartHostAsync(string now, string symbols)
    {
        Clock = new ManualClock(now);
        Host = await TestHost.StartAsync(new TestHostOptions
        {
            Clock = Clock,
            Quotes = Quotes,
            DataFolder = folder.Path,
            Settings =
            [
                ("Jobs:Symbols", symbols),
                ("Auth:ApiKeys:0:Name", "writer"), ("Auth:ApiKeys:0:Sha256", SessionToken.Hash(Key)), ("Auth:ApiKeys:0:Scopes", "jobs:write"),
                ("Auth:ApiKeys:1:Name", "reader"), ("Auth:ApiKeys:1:Sha256", SessionToken.Hash(OtherKey)), ("Auth:ApiKeys:1:Scopes", "jobs:read"),
            ],
        });
    }
}

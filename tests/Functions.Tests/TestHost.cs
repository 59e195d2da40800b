using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Azure.Functions.Worker.Invocation;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Core.Worktime.SignIn;
using TraderHub.Data.Jobs;
using TraderHub.Data.KeyValue.Sqlite;
using TraderHub.Data.Signals;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;
using TraderHub.Data.Trading;
using TraderHub.Data.Worktime;
using TraderHub.Functions.Migration;
using TraderHub.LocalHost.Hosting;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests;

/// <summary>The embedded host in this process: real HTTP on a free port, a real SQLite file, a double of the exchange, a clock that the test moves.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    public const string AdminToken = "the-operators-secret-of-this-test";

    public const string JwtSecret = "the-secret-that-signs-developers-tokens-of-this-test";

    public static readonly WalletAddress Trader = WalletAddress.Parse("0x5e9ee1089755c3435139848e47e6635505d5a13a");

    /// <summary>A host migrates its databases when it starts; a test that does not test that starts on migrated ones, which takes a tenth of the time.</summary>
    private static readonly FileTemplate Migrated = new(MigrateAsync);

    private readonly TempFolder? ownFolder;
    private readonly EmbeddedHost host;

    private TestHost(EmbeddedHost host, TestHostOptions options, TempFolder? ownFolder, CapturedLog log)
    {
        this.host = host;
        this.ownFolder = ownFolder;
        Clock = options.Clock;
        Log = log;
        Http = new HttpClient { BaseAddress = host.Address };
        DataFolder = options.DataFolder ?? ownFolder!.Path;
    }

    public ManualClock Clock { get; }

    public CapturedLog Log { get; }

    public HttpClient Http { get; }

    public string DataFolder { get; }

    public IServiceProvider Services => host.Services;

    public static Task<TestHost> StartAsync(params (string Key, string Value)[] settings) => StartAsync(new TestHostOptions { Settings = settings });

    public static async Task<TestHost> StartAsync(TestHostOptions options)
    {
        var folder = options.DataFolder is null ? new TempFolder() : null;
        var log = new CapturedLog();
        try
        {
            if (folder is not null)
            {
                await Migrated.CopyToAsync(folder.Path);
            }

            var host = await EmbeddedHost.StartAsync(
                new EmbeddedHostOptions
                {
                    Settings = SettingsOf(options, options.DataFolder ?? folder!.Path),
                    Url = "http://127.0.0.1:0",
                    Clock = options.Clock,
                    FunctionClasses = options.FunctionClasses,
                    ConfigureServices = services =>
                    {
                        // Nobody waits for a test's host, and signs of life would wait for the test's clock.
                        services.Remove(services.Single(service => service.ImplementationType == typeof(Heartbeats)));
                        if (options.FunctionClasses is not null)
                        {
                            services.AddSingleton<IFunctionExecutor, ReflectedFunctions>();
                        }

                        options.ConfigureServices(services);
                    },
                    ConfigureLogging = logging => logging.AddProvider(log),
                },
                CancellationToken.None);
            return new TestHost(host, options, folder, log);
        }
        catch
        {
            folder?.Dispose();
            throw;
        }
    }

    /// <summary>Gives a trader a session; its token is returned.</summary>
    public async Task<string> SignInAsync(WalletAddress trader)
    {
        var token = SessionToken.Create();
        var now = Clock.GetInstant();
        await Services.GetRequiredService<ISessionRepository>().AddAsync(
            SessionToken.Hash(token), trader, now, now + Duration.FromDays(30), CancellationToken.None);
        return token;
    }

    /// <summary>Signs a developer in whom GitHub knows by a number; the token is returned. The developer's id is in <c>users</c>.</summary>
    public async Task<string> SignInDeveloperAsync(long gitHubUserId = 583231)
    {
        var now = Clock.GetInstant();
        Execute($"""
            INSERT INTO users (github_user_id, github_username, created_at, last_active)
            VALUES ('{gitHubUserId}', 'developer-{gitHubUserId}', '{now.ToIso()}', '{now.ToIso()}') ON CONFLICT DO NOTHING
            """, "worktime");
        var id = Query<long>($"SELECT id FROM users WHERE github_user_id = '{gitHubUserId}'", "worktime").Single();
        var family = TokenFamily.Begin(id, now);
        await Services.GetRequiredService<ITokenFamilies>().AddAsync(family, CancellationToken.None);
        return Services.GetRequiredService<IDeveloperTokens>().Write(family.ToToken($"{gitHubUserId}"));
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return Http.SendAsync(request);
    }

    /// <summary>Asks the host to run a timer, with the operator's key.</summary>
    public Task<HttpResponseMessage> RunTimerAsync(string name, string? key = AdminToken) =>
        SendAsync(HttpMethod.Post, $"/admin/functions/{name}", "{}", ("x-functions-key", key ?? string.Empty));

    /// <summary>Looks into a module's store beside the host.</summary>
    public IReadOnlyList<T> Query<T>(string sql, string module = "trading")
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(DataFolder, $"{module}.db")};Pooling=False");
        return connection.Query<T>(sql).AsList();
    }

    /// <summary>Changes a module's store beside the host, as another system or an accident would.</summary>
    public void Execute(string sql, string module = "trading")
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(DataFolder, $"{module}.db")};Pooling=False");
        connection.Execute(sql);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await host.StopAsync(CancellationToken.None);
        await host.DisposeAsync();
        ownFolder?.Dispose();
    }

    private static async Task MigrateAsync(string folder)
    {
        var options = new DatabaseOptions(DatabaseProvider.Sqlite, folder);
        await using var trading = new TradingDatabase(options, NullLogger<TradingDatabase>.Instance);
        await using var jobs = new JobsDatabase(options, NullLogger<JobsDatabase>.Instance);
        await using var signals = new SignalsDatabase(options, NullLogger<SignalsDatabase>.Instance);
        await using var worktime = new WorktimeDatabase(options, NullLogger<WorktimeDatabase>.Instance);
        await using var keys = new KeyValueDatabase(options, NullLogger<KeyValueDatabase>.Instance);
        foreach (var database in new ModuleDatabase[] { trading, jobs, signals, worktime, keys })
        {
            await new MigrationRunner(database, TimeProvider.System).MigrateAsync(CancellationToken.None);
        }
    }

    private static IConfiguration SettingsOf(TestHostOptions options, string folder) => new ConfigurationBuilder()
        .AddInMemoryCollection(
        [
            new("Database:Directory", folder),
            new("Auth:AdminToken", AdminToken),
            new("Auth:JwtSecret", JwtSecret),
            new("Hyperliquid:BaseUrl", options.Exchange?.Address.ToString() ?? "http://127.0.0.1:9"),
            new("Quotes:BaseUrl", options.Quotes?.Address.ToString() ?? "http://127.0.0.1:9"),
            new("FearGreed:BaseUrl", options.Indices?.Address.ToString() ?? "http://127.0.0.1:9"),
            new("FearGreed:CryptoBaseUrl", options.Indices?.Address.ToString() ?? "http://127.0.0.1:9"),
            new("Shutdown:DrainSeconds", "0"),

            // The clock stands still: who waits for another try, or for the budget's pace, would wait for good.
            new("Hyperliquid:Retries", "0"),
            new("Hyperliquid:WeightPerMinute", "1000000"),
        ])
        .AddInMemoryCollection(options.Settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
        .Build();
}

/// <summary>What a test wants of its host.</summary>
internal sealed record TestHostOptions
{
    public IReadOnlyList<(string Key, string Value)> Settings { get; init; } = [];

    public ManualClock Clock { get; init; } = new("2026-11-21T09:40:00Z");

    public IReadOnlyList<Type>? FunctionClasses { get; init; }

    public UpstreamDouble? Exchange { get; init; }

    public QuotesDouble? Quotes { get; init; }

    public FearGreedDouble? Indices { get; init; }

    /// <summary>The data folder; null gives the host one of its own.</summary>
    public string? DataFolder { get; init; }

    public Action<IServiceCollection> ConfigureServices { get; init; } = _ => { };
}

/// <summary>Reads answers.</summary>
internal static class Answers
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    /// <summary>The code of a problem, after checking that it is one in the documented form.</summary>
    public static async Task<string> ProblemCodeAsync(this HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.JsonAsync();
        Assert.Equal((int)response.StatusCode, problem.GetProperty("status").GetInt32());
        Assert.False(problem.GetProperty("success").GetBoolean());
        Assert.Equal(problem.GetProperty("detail").GetString(), problem.GetProperty("error").GetString());
        Assert.All(["type", "title", "instance", "traceId"], field => Assert.NotEmpty(problem.GetProperty(field).GetString()!));
        return problem.GetProperty("code").GetString()!;
    }
}

using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Jobs;
using TraderHub.Core.Jobs.Analysis;
using TraderHub.Core.Jobs.Quotes;
using TraderHub.Core.Jobs.Runs;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Operations;
using TraderHub.Core.Operations.Health;
using TraderHub.Core.Signals.Telegram;
using TraderHub.Core.Trading.Days;
using TraderHub.Core.Trading.Exchange;
using TraderHub.Core.Trading.Links;
using TraderHub.Core.Trading.Settings;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Core.Trading.Snapshots;
using TraderHub.Core.Trading.Traders;
using TraderHub.Core.Worktime.SignIn;
using TraderHub.Core.Worktime.Webhooks;
using TraderHub.Data.Ethereum;
using TraderHub.Data.Jobs;
using TraderHub.Data.KeyValue;
using TraderHub.Data.KeyValue.Sqlite;
using TraderHub.Data.KeyValue.Table;
using TraderHub.Data.Operations;
using TraderHub.Data.Platform;
using TraderHub.Data.Signals;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;
using TraderHub.Data.Trading;
using TraderHub.Data.Trading.Days;
using TraderHub.Data.Trading.Links;
using TraderHub.Data.Trading.Settings;
using TraderHub.Data.Trading.SignIn;
using TraderHub.Data.Trading.Snapshots;
using TraderHub.Data.Trading.Traders;
using TraderHub.Data.Upstream.GitHub;
using TraderHub.Data.Upstream.Hyperliquid;
using TraderHub.Data.Upstream.Hyperliquid.Asking;
using TraderHub.Data.Upstream.Quotes;
using TraderHub.Data.Worktime;
using TraderHub.Data.Worktime.SignIn;
using TraderHub.Data.Worktime.Webhooks;

namespace TraderHub.Data;

/// <summary>Registers what implements Core's ports.</summary>
public static class DataServices
{
    /// <summary>The databases, one per module; the migrations and the command line go through them in this order.</summary>
    public static IServiceCollection AddDatabases(this IServiceCollection services, SettingsReader settings) => services
        .AddSingleton(DatabaseOptions.Read(settings))
        .AddSingleton<DiskCheck>()
        .AddSingleton<IHealthCheck>(provider => provider.GetRequiredService<DiskCheck>())
        .AddDatabase<TradingDatabase>("SELECT 1 FROM traders LIMIT 1")
        .AddDatabase<JobsDatabase>("SELECT 1 FROM job_executions LIMIT 1")
        .AddDatabase<SignalsDatabase>("SELECT 1 FROM executions LIMIT 1")
        .AddDatabase<WorktimeDatabase>("SELECT 1 FROM time_sessions LIMIT 1");

    /// <summary>The key-value store that the settings choose; its SQLite file is one of the databases.</summary>
    public static IServiceCollection AddKeyValueStore(this IServiceCollection services, SettingsReader settings)
    {
        var options = KeyValueOptions.Read(settings);
        services.AddSingleton(options);
        if (options.Provider == KeyValueProvider.Table)
        {
            return services
                .AddSingleton(_ => new TableClients(options))
                .AddSingleton<IHealthCheck, KeyValueCheck>()
                .AddKeyValuePorts<TableKeyValueStore>();
        }

        return services
            .AddSingleton<KeyValueDatabase>()
            .AddSingleton<ModuleDatabase>(provider => provider.GetRequiredService<KeyValueDatabase>())
            .AddSingleton<IHealthCheck>(provider => new DatabaseCheck(provider.GetRequiredService<KeyValueDatabase>(), "SELECT 1 FROM kv_entries LIMIT 1", isEssential: false))
            .AddKeyValuePorts<SqliteKeyValueStore>();
    }

    /// <summary>The trading module's repositories, and what operations keep beside them.</summary>
    public static IServiceCollection AddTradingData(this IServiceCollection services, SettingsReader settings) => services
        .AddSingleton(RetentionOptions.Read(settings))
        .AddTradingRetention()
        .AddSingleton<ISessionRepository, SqlSessionRepository>()
        .AddSingleton<INonceRepository, SqlNonceRepository>()
        .AddSingleton<ISignInCodeRepository, SqlSignInCodeRepository>()
        .AddSingleton<IWalletSignatures, EthereumSignatures>()
        .AddSingleton<ISettingsRepository, SqlSettingsRepository>()
        .AddSingleton<ISnapshotRepository, SqlSnapshotRepository>()
        .AddSingleton<ITraderRepository, SqlTraderRepository>()
        .AddSingleton<SqlStreakRepository>()
        .AddSingleton<IStreakRepository>(provider => provider.GetRequiredService<SqlStreakRepository>())
        .AddSingleton<IDailyBalanceRepository, SqlDailyBalanceRepository>()
        .AddSingleton<IAuditLog, SqlAuditLog>()
        .AddSingleton<IEndedOperatorSignIns, SqlEndedOperatorSignIns>()
        .AddSingleton<ICronLog, SqlCronLog>()
        .AddSingleton<ITimerStatusStore, SqlTimerStatusStore>()
        .AddSingleton<SqlTelegramLinks>()
        .AddSingleton<ILinkCodes>(provider => provider.GetRequiredService<SqlTelegramLinks>())
        .AddSingleton<IChatLinks>(provider => provider.GetRequiredService<SqlTelegramLinks>())
        .AddSingleton<SqlDataProtectionKeys>();

    /// <summary>The jobs module's repositories.</summary>
    public static IServiceCollection AddJobsData(this IServiceCollection services) => services
        .AddJobsRetention()
        .AddSingleton<IJobRepository, SqlJobRepository>()
        .AddSingleton<IJobRunLog, SqlJobRunLog>()
        .AddSingleton<IJobHistory, SqlJobHistory>()
        .AddSingleton<IJobStatistics, SqlJobStatistics>()
        .AddSingleton<IReportRuns, SqlReportRuns>()
        .AddSingleton<IAnalysisStore, AnalysisStore>();

    /// <summary>How developers sign in and stay signed in.</summary>
    public static IServiceCollection AddDeveloperSignInData(this IServiceCollection services, SettingsReader settings)
    {
        // A redirect would carry the application's secret to wherever it points.
        AddUpstream<GitHubTransport>(services, followsRedirects: false);
        return services
            .AddWorktimeRetention()
            .AddSingleton(DeveloperTokenOptions.Read(settings))
            .AddSingleton(GitHubOptions.Read(settings))
            .AddSingleton<IGitHub, GitHubClient>()
            .AddSingleton<IDeveloperTokens, JwtDeveloperTokens>()
            .AddSingleton<IGitHubTokens, KeyValueGitHubTokens>()
            .AddSingleton<IDeveloperRepository, SqlDeveloperRepository>()
            .AddSingleton<IAuthStates, SqlAuthStates>()
            .AddSingleton<ITokenFamilies, SqlTokenFamilies>()
            .AddSingleton<IWebhookDeliveries, SqlWebhookDeliveries>();
    }

    /// <summary>Where prices come from.</summary>
    public static IServiceCollection AddQuotes(this IServiceCollection services, SettingsReader settings)
    {
        SetUp(services.AddHttpClient(nameof(YahooChart)), followsRedirects: false);
        return services
            .AddSingleton<YahooChart>()
            .AddSingleton<YahooQuotes>()
            .AddSingleton<HyperliquidCandles>()
            .AddSingleton(QuotesOptions.Read(settings))
            .AddSingleton<IQuoteSource, QuoteSource>();
    }

    /// <summary>The exchange.</summary>
    public static IServiceCollection AddHyperliquid(this IServiceCollection services, SettingsReader settings)
    {
        AddUpstream<InfoTransport>(services);
        return services
            .AddSingleton(HyperliquidOptions.Read(settings))
            .AddSingleton<WeightBudget>()
            .AddSingleton<InfoCircuit>()
            .AddSingleton<InfoRetries>()
            .AddSingleton<SharedCalls>()
            .AddSingleton<HyperliquidInfo>()
            .AddSingleton<HyperliquidMarket>()
            .AddSingleton<IExchange, HyperliquidExchange>()
            .AddSingleton<IHealthCheck, HyperliquidCheck>();
    }

    private static IServiceCollection AddDatabase<T>(this IServiceCollection services, string probe)
        where T : ModuleDatabase => services
        .AddSingleton<T>()
        .AddSingleton<ModuleDatabase>(provider => provider.GetRequiredService<T>())
        .AddSingleton<IHealthCheck>(provider => new DatabaseCheck(provider.GetRequiredService<T>(), probe));

    private static IServiceCollection AddKeyValuePorts<TStore>(this IServiceCollection services)
        where TStore : class, IVersionedKeyValueStore, IExpiredKeys => services
        .AddSingleton<TStore>()
        .AddSingleton<IVersionedKeyValueStore>(provider => provider.GetRequiredService<TStore>())
        .AddSingleton<IKeyValueStore>(provider => provider.GetRequiredService<TStore>())
        .AddSingleton<IExpiredKeys>(provider => provider.GetRequiredService<TStore>());

    /// <summary>What asks an upstream over HTTP. It has its own timeout, on the clock that tests can set.</summary>
    internal static void AddUpstream<T>(IServiceCollection services, bool followsRedirects = true)
        where T : class => SetUp(services.AddHttpClient<T>(), followsRedirects);

    private static void SetUp(IHttpClientBuilder client, bool followsRedirects) => client
        .ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan)
        .UseSocketsHttpHandler((handler, _) =>
        {
            handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
            handler.AllowAutoRedirect = followsRedirects;
        })
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
        .RemoveAllLoggers();
}

using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Core.Worktime.SignIn;
using TraderHub.Data.Platform;
using TraderHub.Functions;
using TraderHub.Functions.Http;
using TraderHub.Testing;

namespace TraderHub.Worker.Tests;

/// <summary>
/// Callers of every kind. Signing in takes a wallet or GitHub, so this does what comes of it: it writes their sessions into the files of the worker, with the
/// worker's settings.
/// </summary>
internal sealed class Callers : IAsyncDisposable
{
    private readonly TempFolder data;
    private readonly ServiceProvider services;

    public Callers(TempFolder data, IEnumerable<(string Key, string Value)> settings)
    {
        this.data = data;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        services = new ServiceCollection().AddLogging().AddTraderHub(new SettingsReader(configuration)).BuildServiceProvider();
    }

    /// <summary>A bearer token of a caller of a kind, never used before; the operator's, where anybody may call.</summary>
    public Task<string> SignInAsync(Caller kind) => kind switch
    {
        Caller.Trader => SignInTraderAsync(),
        Caller.Developer => SignInDeveloperAsync(),
        _ => Task.FromResult(SharedWorker.AdminToken),
    };

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private async Task<string> SignInTraderAsync()
    {
        var token = SessionToken.Create();
        var now = TimeProvider.System.GetInstant();
        await services.GetRequiredService<ISessionRepository>().AddAsync(
            SessionToken.Hash(token), WalletAddress.Parse(SharedWorker.Wallet), now, now + Duration.FromDays(1), CancellationToken.None);
        return token;
    }

    private async Task<string> SignInDeveloperAsync()
    {
        const string GitHubUserId = "583231";
        var now = TimeProvider.System.GetInstant();
        var developer = await FindOrAddDeveloperAsync(GitHubUserId, now.ToIso());
        await services.GetRequiredService<IGitHubTokens>().SaveAsync(developer, "a-token-of-github", CancellationToken.None);
        var family = TokenFamily.Begin(developer, now);
        await services.GetRequiredService<ITokenFamilies>().AddAsync(family, CancellationToken.None);
        return services.GetRequiredService<IDeveloperTokens>().Write(family.ToToken(GitHubUserId));
    }

    private async Task<long> FindOrAddDeveloperAsync(string gitHubUserId, string now)
    {
        const string Sql = """
            INSERT INTO users (github_user_id, github_username, created_at, last_active)
            VALUES (@gitHubUserId, 'a-developer', @now, @now) ON CONFLICT DO NOTHING;
            SELECT id FROM users WHERE github_user_id = @gitHubUserId
            """;
        await using var connection = new SqliteConnection($"Data Source={data.File("worktime.db")};Pooling=False");
        return await connection.QuerySingleAsync<long>(Sql, new { gitHubUserId, now });
    }
}

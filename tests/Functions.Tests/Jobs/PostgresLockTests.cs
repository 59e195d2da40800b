using System.Diagnostics;
using System.Net;
using Npgsql;

namespace TraderHub.Functions.Tests.Jobs;

/// <summary>What is locked by somebody else on PostgreSQL is not waited for any longer than on SQLite.</summary>
public sealed class PostgresLockTests : IAsyncLifetime
{
    private const string Body = """{"job_type":"analysis","execution_date":"2026-11-20","status":"success","results":[{"result_type":"analysis_detail","symbol":"AAPL"}]}""";

    private PostgresDatabase? postgres;
    private TestHost host = null!;

    public async Task InitializeAsync()
    {
        if (PostgresDatabase.IsThere)
        {
            postgres = await PostgresDatabase.CreateAsync();
            host = await JobsHost.StartAsync(("Database:Provider", "postgres"), ("Database:ConnectionString", postgres.ConnectionString));
        }
    }

    public async Task DisposeAsync()
    {
        if (postgres is not null)
        {
            await host.DisposeAsync();
            await postgres.DisposeAsync();
        }
    }

    [SkippableTheory]
    [Trait("Case", "A9")]
    [InlineData("LOCK TABLE jobs.job_executions IN ACCESS EXCLUSIVE MODE", "POST", "/api/v1/jobs")]
    [InlineData("LOCK TABLE jobs.job_executions IN ACCESS EXCLUSIVE MODE", "GET", "/api/v1/jobs/1")]
    [InlineData("SELECT id FROM jobs.job_executions FOR UPDATE", "DELETE", "/api/v1/jobs/1")]
    public async Task ManyWhileAnotherSessionHoldsTheLock_AreAllToldSoWithinTheTimeOfOne(string hold, string method, string path)
    {
        Skip.If(postgres is null, "No PostgreSQL.");
        Assert.Equal(HttpStatusCode.Created, (await SendAsync("POST", "/api/v1/jobs")).StatusCode);
        await using var other = new NpgsqlConnection(postgres.ConnectionString);
        await other.OpenAsync();
        await using var locking = await other.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(hold, other, locking);
        await command.ExecuteNonQueryAsync();
        var begun = Stopwatch.GetTimestamp();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(method, path)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode));
        Assert.InRange(Stopwatch.GetElapsedTime(begun).TotalSeconds, 2, 7);
        await locking.RollbackAsync();
        Assert.True((await SendAsync(method, path)).IsSuccessStatusCode);
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path) =>
        host.SendAsync(new HttpMethod(method), path, method == "POST" ? Body : null, JobsHost.Writer);
}

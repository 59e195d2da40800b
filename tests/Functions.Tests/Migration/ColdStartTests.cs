using System.Net;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Migration;

/// <summary>A host that comes up while its key-value store is away (rule M3).</summary>
public sealed class ColdStartTests : IDisposable
{
    private static readonly (string, string) Operator = ("Authorization", $"Bearer {TestHost.AdminToken}");

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task WhereNobodyKnowsTheStage_TheHostServes_AndSaysWhatIsAway()
    {
        await using var host = await StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync("/health")).StatusCode);
        Assert.Equal("degraded", (await (await host.Http.GetAsync("/api/health")).JsonAsync()).GetProperty("status").GetString());
        foreach (var (path, header) in new[] { ("/api/v1/reports/pre-market", ("Accept", "*/*")), ("/api/migration", Operator), ("/api/migration/jobs", Operator) })
        {
            var response = await host.SendAsync(HttpMethod.Get, path, null, header);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "KV_UNAVAILABLE"), (response.StatusCode, await response.ProblemCodeAsync()));
        }

        Assert.Empty(host.Query<string>("SELECT document FROM migration_stage", "jobs"));
    }

    [Fact]
    public async Task WhereSqlAloneHasTheGroup_TheHostServesIt()
    {
        await using (var before = await TestHost.StartAsync(new TestHostOptions { DataFolder = folder.Path }))
        {
            // Nothing is to be moved: it is SQL's from here on.
            (await before.Http.GetAsync("/api/v1/reports/pre-market")).EnsureSuccessStatusCode();
        }

        await using var host = await StartAsync();

        var report = await host.Http.GetAsync("/api/v1/reports/pre-market");
        var stage = await host.SendAsync(HttpMethod.Get, "/api/migration/jobs", null, Operator);
        Assert.Equal(HttpStatusCode.OK, report.StatusCode);
        Assert.Equal("sql_only", (await stage.JsonAsync()).GetProperty("stage").GetProperty("stage").GetString());
    }

    /// <summary>A host whose Table Storage would be where nobody listens.</summary>
    private Task<TestHost> StartAsync()
    {
        var key = Convert.ToBase64String(new byte[64]);
        return TestHost.StartAsync(new TestHostOptions
        {
            DataFolder = folder.Path,
            Settings =
            [
                ("KeyValue:Provider", "table"),
                ("KeyValue:ConnectionString", $"DefaultEndpointsProtocol=http;AccountName=nobody;AccountKey={key};TableEndpoint=http://127.0.0.1:{AzuriteServer.FindFreePort()}/nobody;"),
            ],
        });
    }
}

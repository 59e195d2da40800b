using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Jobs;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Jobs;

/// <summary>A host with keys for programs, and the ways to its jobs.</summary>
internal static class JobsHost
{
    public const string WriteKey = "the-analysers-key";

    public const string ReadKey = "the-reports-key";

    public static readonly (string, string) Writer = ("X-API-Key", WriteKey);

    public static readonly (string, string) Reader = ("X-API-Key", ReadKey);

    /// <summary>A host on Friday, 20 November 2026, at 09:40 in New York.</summary>
    public static Task<TestHost> StartAsync(params (string Key, string Value)[] settings) => TestHost.StartAsync(new TestHostOptions
    {
        Clock = new ManualClock("2026-11-20T14:40:00Z"),
        Settings =
        [
            ("Auth:ApiKeys:0:Name", "analyser"), ("Auth:ApiKeys:0:Sha256", SessionToken.Hash(WriteKey)), ("Auth:ApiKeys:0:Scopes", "jobs:write"),
            ("Auth:ApiKeys:1:Name", "reports"), ("Auth:ApiKeys:1:Sha256", SessionToken.Hash(ReadKey)), ("Auth:ApiKeys:1:Scopes", "jobs:read"),
            .. settings,
        ],
    });

    public static Task<StoredJob> StoreAsync(this TestHost host, NewJob job) =>
        host.Services.GetRequiredService<IJobRepository>().StoreAsync(job, CancellationToken.None);

    public static async Task<JsonElement> GetJsonAsync(this TestHost host, string path, params (string, string)[] headers)
    {
        var response = await host.SendAsync(HttpMethod.Get, path, null, headers);
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        return await response.JsonAsync();
    }

    public static List<long> Ids(this JsonElement page) => page.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("id").GetInt64()).ToList();
}

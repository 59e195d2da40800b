using System.Net;

namespace TraderHub.Functions.Tests.Http;

/// <summary>What an extension of a browser may send here and read.</summary>
public sealed class ExtensionOriginTests : IAsyncLifetime
{
    private const string Allowed = "chrome-extension://abcdefghijklmnopabcdefghijklmnop";

    private TestHost host = null!;

    public async Task InitializeAsync() => host = await TestHost.StartAsync(("Auth:AllowedOrigins", Allowed));

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Theory]
    [InlineData("/api/settings", "GET, PATCH, POST, PUT, OPTIONS")]
    [InlineData("/api/v1/jobs/17", "DELETE, GET, OPTIONS")]
    [InlineData("/auth/github/callback", "GET, POST, OPTIONS")]
    [InlineData("/auth/refresh", "POST, OPTIONS")]
    public async Task AnAllowedExtension_MayUseThePathsMethods_WithTheHeadersThatItNeeds(string path, string methods)
    {
        var response = await host.SendAsync(
            HttpMethod.Options,
            path,
            null,
            ("Origin", Allowed),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization, content-type, idempotency-key"));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(Allowed, response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal(methods, response.Headers.GetValues("Access-Control-Allow-Methods").Single());
        var headers = response.Headers.GetValues("Access-Control-Allow-Headers").Single().Split(", ");
        Assert.Superset(new HashSet<string> { "Authorization", "Content-Type", "Idempotency-Key", "If-Match", "X-Requested-With" }, headers.ToHashSet());
    }

    [Theory]
    [InlineData("chrome-extension://bbcdefghijklmnopabcdefghijklmnop")]
    [InlineData("chrome-extension://ABCDEFGHIJKLMNOPABCDEFGHIJKLMNOP")]
    [InlineData("moz-extension://abcdefghijklmnopabcdefghijklmnop")]
    [InlineData("https://abcdefghijklmnopabcdefghijklmnop")]
    [InlineData("http://localhost")]
    public async Task AnotherOrigin_GetsNoPermission(string origin)
    {
        foreach (var method in new[] { HttpMethod.Options, HttpMethod.Post })
        {
            var response = await host.SendAsync(method, "/auth/refresh", null, ("Origin", origin));

            Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        }
    }
}

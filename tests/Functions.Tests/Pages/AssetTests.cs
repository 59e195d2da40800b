using System.Net;
using TraderHub.Web;

namespace TraderHub.Functions.Tests.Pages;

public sealed class AssetTests : IAsyncLifetime
{
    private TestHost host = null!;

    public async Task InitializeAsync() => host = await TestHost.StartAsync();

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task EveryAsset_MayBeKeptForGood_AndIsNotSentAgain()
    {
        foreach (var asset in WebAsset.All)
        {
            var first = await host.Http.GetAsync(asset.Url);
            var again = await host.SendAsync(HttpMethod.Get, asset.Url, null, ("If-None-Match", first.Headers.ETag!.ToString()));
            var head = await host.SendAsync(HttpMethod.Head, asset.Url);

            Assert.Equal(asset.Content, await first.Content.ReadAsByteArrayAsync());
            Assert.Equal(asset.ContentType, first.Content.Headers.ContentType!.ToString());
            Assert.Equal("public, max-age=31536000, immutable", string.Join(", ", first.Headers.GetValues("Cache-Control").Single().Split(", ").OrderDescending()));
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Equal(asset.Content.Length, head.Content.Headers.ContentLength);
        }
    }

    [Fact]
    public async Task APage_NamesAssetsThatAreThere_AndNothingFromElsewhere()
    {
        var page = await host.Http.GetStringAsync("/");

        Assert.All(WebAsset.All, asset => Assert.Contains($"\"{asset.Url}\"", page, StringComparison.Ordinal));
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
    }

    [Fact]
    public void AllAssetsTogether_AreSmall() => Assert.InRange(WebAsset.All.Sum(asset => asset.Content.Length), 1, 100 * 1024);

    [Theory]
    [InlineData("/assets/site.0000000000000000.css")]
    [InlineData("/assets/site.css")]
    [InlineData("/assets/")]
    [InlineData("/assets/../host.json")]
    [InlineData("/assets/%2e%2e/host.json")]
    public async Task AnAssetThatIsNotThere_Is404_AndNotKept(string path)
    {
        var response = await host.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
    }
}

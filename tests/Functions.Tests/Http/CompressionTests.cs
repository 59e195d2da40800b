using System.IO.Compression;
using System.Net;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Functions.Documentation;
using TraderHub.Functions.Http;
using TraderHub.Functions.Pages;
using TraderHub.Web;

namespace TraderHub.Functions.Tests.Http;

[Trait("Case", "F7")]
public sealed partial class CompressionTests : IAsyncLifetime
{
    private TestHost host = null!;

    public static TheoryData<string> Kept => [.. WebAsset.All.Where(asset => asset.Content.Length >= 1024).Select(asset => asset.Url), "/api/openapi.json", "/api/docs"];

    public async Task InitializeAsync() => host = await TestHost.StartAsync(new TestHostOptions
    {
        FunctionClasses = [typeof(Texts), typeof(AssetFunctions), typeof(DocumentationFunctions), typeof(HomeFunctions), typeof(UnknownRouteFunctions)],
    });

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip;q=1.0, br;q=0.5", "gzip")]
    [InlineData("GZIP", "gzip")]
    [InlineData("*", "br")]
    [InlineData("*, br;q=0", "gzip")]
    [InlineData("identity, gzip;q=0.5", null)]
    [InlineData("gzip;q=0", null)]
    [InlineData("deflate", null)]
    [InlineData(";;;", null)]
    [InlineData("", null)]
    public async Task Get_IsAnsweredInTheFormThatTheCallerLikesBest(string accepted, string? coding)
    {
        var answer = await GetAsync("/text?length=2000", ("Accept-Encoding", accepted));

        Assert.Equal(coding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal($$"""{"value":"{{new string('x', 2000)}}"}""", await DecodeAsync(answer));
        Assert.Equal(coding is null ? "\"5\"" : $"\"5-{coding}\"", answer.Headers.ETag?.ToString());
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        Assert.Equal((await answer.Content.ReadAsByteArrayAsync()).Length, answer.Content.Headers.ContentLength);
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task Get_WhatIsKept_IsMuchSmaller_AlsoWithACookie(string url)
    {
        var plain = await host.Http.GetByteArrayAsync(url);

        var answer = await GetAsync(url, ("Accept-Encoding", "br"), ("Cookie", "hyper-trader-theme=dark"));

        Assert.Equal("br", answer.Content.Headers.ContentEncoding.Single());
        Assert.InRange(answer.Content.Headers.ContentLength!.Value, 1, plain.Length * 6 / 10);
        Assert.Equal(System.Text.Encoding.UTF8.GetString(plain), await DecodeAsync(answer));
    }

    [Theory]
    [InlineData("/text?length=2000", "a=b")]
    [InlineData("/text?length=900", null)]
    [InlineData("/", null)]
    public async Task Get_WhatMayTellASecretByItsSize_OrIsSmall_IsSentAsItIs(string url, string? cookie)
    {
        (string, string)[] headers = cookie is null ? [("Accept-Encoding", "gzip, br")] : [("Accept-Encoding", "gzip, br"), ("Cookie", cookie)];

        var answer = await GetAsync(url, headers);

        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.DoesNotContain("Accept-Encoding", answer.Headers.Vary);
    }

    [Theory]
    [InlineData("\"5\"")]
    [InlineData("\"5-br\"")]
    [InlineData("W/\"5-gzip\"")]
    public async Task Get_IfNoneMatch_OfAnyForm_Is304WithTheFormsTag(string known)
    {
        var answer = await GetAsync("/text?length=2000", ("Accept-Encoding", "br"), ("If-None-Match", known));

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
        Assert.Equal("\"5-br\"", answer.Headers.ETag?.ToString());
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
    }

    [Fact]
    public async Task Head_HasTheHeadersOfGet()
    {
        var get = await GetAsync("/api/openapi.json", ("Accept-Encoding", "gzip"));
        var head = await host.SendAsync(HttpMethod.Head, "/api/openapi.json", null, ("Accept-Encoding", "gzip"));

        Assert.Equal(get.Content.Headers.Where(IsStable).Select(Line), head.Content.Headers.Where(IsStable).Select(Line));
        Assert.Equal(get.Headers.Where(IsStable).Select(Line), head.Headers.Where(IsStable).Select(Line));

        static bool IsStable(KeyValuePair<string, IEnumerable<string>> header) => header.Key is not ("Date" or "X-Request-ID");
        static string Line(KeyValuePair<string, IEnumerable<string>> header) => $"{header.Key}: {string.Join(", ", header.Value)}";
    }

    private Task<HttpResponseMessage> GetAsync(string path, params (string, string)[] headers) => host.SendAsync(HttpMethod.Get, path, null, headers);

    private static async Task<string> DecodeAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(answer.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        });
        return await reader.ReadToEndAsync();
    }

    public sealed record Text(string Value);

    public sealed class Texts
    {
        [Function("ReadText")]
        [Access(Caller.Anybody)]
        [Query<int>("length", "How long it is.")]
        public IResult ReadText([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "text")] HttpRequest request) => Reply.Json(
            new Text(new string('x', int.Parse(request.Query["length"]!, System.Globalization.CultureInfo.InvariantCulture))), TextJson.Default.Text, etag: "5");
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Text))]
    internal sealed partial class TextJson : JsonSerializerContext;
}

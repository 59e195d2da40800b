using System.Net;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Tests.Http;

public sealed partial class EntityTagsTests : IAsyncLifetime
{
    private TestHost host = null!;

    public async Task InitializeAsync() =>
        host = await TestHost.StartAsync(new TestHostOptions { FunctionClasses = [typeof(Notes), typeof(UnknownRouteFunctions)] });

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task Get_TellsTheVersion_AndMayBeKeptButNotUsedUnasked()
    {
        var response = await host.Http.GetAsync("/note");

        Assert.Equal("\"7\"", response.Headers.ETag?.ToString());
        Assert.Equal("no-cache, private", response.Headers.CacheControl?.ToString());
        Assert.Equal("""{"text":"seven"}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("\"7\"", 304)]
    [InlineData("W/\"7\"", 304)]
    [InlineData("\"7-gzip\"", 304)]
    [InlineData("W/\"7-br\"", 304)]
    [InlineData("\"1\", \"7\"", 304)]
    [InlineData("*", 304)]
    [InlineData("\"8\"", 200)]
    [InlineData("7", 200)]
    [InlineData("\"7", 200)]
    [InlineData("", 200)]
    public async Task Get_IfNoneMatch_IsAnsweredWithoutABodyWhenTheCallerHasTheVersion(string header, int status)
    {
        var response = await host.SendAsync(HttpMethod.Get, "/note", null, ("If-None-Match", header));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("\"7\"", response.Headers.ETag?.ToString());
        Assert.Equal(status == 304, (await response.Content.ReadAsByteArrayAsync()).Length == 0);
    }

    [Theory]
    [InlineData("\"7\"", 200)]
    [InlineData("\"6\", \"7\"", 200)]
    [InlineData("*", 200)]
    [InlineData("\"6\"", 412)]
    [InlineData("\"6\", \"8\"", 412)]
    [InlineData("W/\"7\"", 200)]
    [InlineData("\"7-br\"", 200)]
    [InlineData("W/\"7-gzip\"", 200)]
    [InlineData("\"7-zip\"", 412)]
    [InlineData("7", 400)]
    [InlineData("\"7", 400)]
    [InlineData("\"7\" \"8\"", 400)]
    [InlineData("*, \"7\"", 400)]
    [InlineData("", 400)]
    public async Task Put_IfMatch_ChangesOnlyTheVersionThatTheCallerKnows(string header, int status)
    {
        var response = await host.SendAsync(HttpMethod.Put, "/note", null, ("If-Match", header));

        Assert.Equal(status, (int)response.StatusCode);
        if (status != 200)
        {
            Assert.Equal(status == 412 ? "VERSION_STALE" : "IF_MATCH_NOT_VALID", await response.ProblemCodeAsync());
        }
    }

    [Fact]
    public async Task Put_WithoutIfMatch_RestsOnNoVersion() =>
        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(HttpMethod.Put, "/note")).StatusCode);

    [Theory]
    [InlineData("*", 412)]
    [InlineData("\"7\"", 412)]
    [InlineData(null, 200)]
    public async Task Put_WhatIsNotThere_RestsOnNoVersionAtAll(string? header, int status)
    {
        var headers = header is null ? Array.Empty<(string, string)>() : [("If-Match", header)];

        Assert.Equal(status, (int)(await host.SendAsync(HttpMethod.Put, "/missing-note", null, headers)).StatusCode);
    }

    public sealed record Note(string Text);

    public sealed class Notes
    {
        [Function("ReadNote")]
        [Access(Caller.Anybody)]
        [Versioned]
        [Returns<Note>("The note.")]
        public IResult ReadNote([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "note")] HttpRequest request) => Answer(request);

        [Function("ChangeNote")]
        [Access(Caller.Anybody)]
        [Versioned]
        [Returns<Note>("The note as it is now.")]
        public IResult ChangeNote([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "note")] HttpRequest request) => Change(request, "7");

        [Function("ChangeMissingNote")]
        [Access(Caller.Anybody)]
        public IResult ChangeMissingNote([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "missing-note")] HttpRequest request) => Change(request, null);

        private static IResult Change(HttpRequest request, string? version) => request.IfMatch().Match(
            condition => condition.IsMetBy(version) ? Answer(request) : Error.VersionStale.ToProblem(), Problems.ToProblem);

        private static IResult Answer(HttpRequest request) =>
            Reply.Json(new Note(request.Path.HasValue ? "seven" : string.Empty), NoteJson.Default.Note, etag: "7");
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Note))]
    internal sealed partial class NoteJson : JsonSerializerContext;
}

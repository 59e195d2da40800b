using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading;
using TraderHub.Data.Trading;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Tests.Http;

public sealed class IdempotencyTests : IAsyncLifetime
{
    private const string Body = """{"status":"made"}""";

    private TestHost host = null!;
    private string token = null!;

    public async Task InitializeAsync()
    {
        host = await TestHost.StartAsync(new TestHostOptions { FunctionClasses = [typeof(Things), typeof(UnknownRouteFunctions)] });
        token = await host.SignInAsync(TestHost.Trader);
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task ARequestSentAgain_IsAnsweredAsBeforeAndNotDoneAgain()
    {
        var first = await PostAsync("key-1");
        var again = await PostAsync("key-1");

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(first.Content.Headers.ContentType, again.Content.Headers.ContentType);
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(1, Done());
    }

    [Fact]
    [Trait("Case", "F7")]
    public async Task AnAnswerThatIsSentCompressed_IsKeptAsItIs()
    {
        var first = await PostLongAsync("gzip");
        var again = await PostLongAsync("gzip");
        var plain = await PostLongAsync("identity");

        Assert.Equal(["gzip", "gzip", null], new[] { first, again, plain }.Select(answer => answer.Content.Headers.ContentEncoding.SingleOrDefault()));
        Assert.All([first, again, plain], answer => Assert.Single(answer.Headers.Vary, "Accept-Encoding"));
        var expected = $"\"{new string('x', 2000)}\"";
        Assert.Equal([expected, expected, expected], [await UnzipAsync(first), await UnzipAsync(again), await plain.Content.ReadAsStringAsync()]);
        Assert.Equal(1, Done());

        Task<HttpResponseMessage> PostLongAsync(string coding) => host.SendAsync(
            HttpMethod.Post, "/things/long", Body, ("Authorization", $"Bearer {token}"), ("Idempotency-Key", "key-1"), ("Accept-Encoding", coding));

        static async Task<string> UnzipAsync(HttpResponseMessage answer)
        {
            using var reader = new StreamReader(new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress));
            return await reader.ReadToEndAsync();
        }
    }

    [Fact]
    public async Task TwentyAtTheSameMoment_AreDoneOnce()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PostAsync("key-1")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Equal(19, answers.Count(answer => answer.Headers.Contains("Idempotency-Replayed")));
        Assert.Equal(1, Done());
    }

    [Fact]
    public async Task AnotherBodyUnderTheSameKey_IsAConflict()
    {
        await PostAsync("key-1");

        var response = await PostAsync("key-1", body: """{"status":"other"}""");

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("IDEMPOTENCY_KEY_REUSED", await response.ProblemCodeAsync());
        Assert.Equal(1, Done());
    }

    [Fact]
    public async Task OtherKeys_OtherCallers_AndNoKey_AreOtherRequests()
    {
        await PostAsync("key-1");
        await PostAsync("key-2");
        await PostAsync(null);
        await PostAsync(null);
        token = await host.SignInAsync(WalletAddress.Parse("0x00000000000000000000000000000000000000d4"));
        await PostAsync("key-1");

        Assert.Equal(5, Done());
    }

    [Fact]
    public async Task AKey_IsForgottenAfterADay()
    {
        await PostAsync("key-1");
        host.Clock.Advance(TimeSpan.FromHours(24));

        Assert.False((await PostAsync("key-1")).Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(2, Done());
    }

    [Fact]
    public async Task ARefusal_IsKeptAsTheAnswer()
    {
        var first = await PostAsync("key-1", path: "/things/refused");
        var again = await PostAsync("key-1", path: "/things/refused");

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.True(again.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task AFailure_IsRolledBackWithWhatWasDone_AndTheNextAttemptIsDone()
    {
        Assert.Equal(HttpStatusCode.InternalServerError, (await PostAsync("key-1", path: "/things/fails-once")).StatusCode);
        Assert.Equal(0, Done());

        Assert.Equal(HttpStatusCode.Created, (await PostAsync("key-1", path: "/things/fails-once")).StatusCode);
        Assert.Equal(1, Done());
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public async Task AKey_ThatIsNone_Is400(string key)
    {
        var response = await PostAsync(key);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(0, Done());
    }

    [Theory]
    [Trait("Case", "C6")]
    [InlineData("/things", "/things/")]
    [InlineData("/things", "/THINGS")]
    [InlineData("/things", "/%74hings")]
    [InlineData("/things/of/jobs/7", "/Things/OF/Jobs/7/")]
    [InlineData("/things/of/jobs/7", "/things/of/jobs/007")]
    [InlineData("/things/named/a b", "/things/Named/a%20b/")]
    public async Task AKey_UnderAnotherSpellingOfThePath_IsTheSameKey(string path, string other)
    {
        await PostAsync("key-1", path: path);

        Assert.True((await PostAsync("key-1", path: other)).Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(1, Done());
    }

    [Theory]
    [Trait("Case", "C6")]
    [InlineData("/things/of/jobs/7", "/things/of/signals/7")]
    [InlineData("/things/of/jobs/7", "/things/of/jobs/8")]
    [InlineData("/things/named/a", "/things/named/A")]
    [InlineData("/things/named/a", "/things/named/a.")]
    public async Task AKey_WithOtherValuesInThePath_IsAnotherKey(string path, string other)
    {
        await PostAsync("key-1", path: path);

        Assert.False((await PostAsync("key-1", path: other)).Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(2, Done());
    }

    [Theory]
    [Trait("Case", "C6")]
    [InlineData("a", "b")]
    [InlineData("a", "a")]
    [InlineData("a", "")]
    public async Task AKey_InTwoLines_Is400(string one, string other)
    {
        // The client would join them.
        using var client = new TcpClient();
        await client.ConnectAsync(host.Http.BaseAddress!.Host, host.Http.BaseAddress.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /things HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: {one}\r\n"
            + $"Idempotency-Key: {other}\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"));
        var answer = await new StreamReader(stream).ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("IDEMPOTENCY_KEY_NOT_VALID", answer, StringComparison.Ordinal);
        Assert.Equal(0, Done());
    }

    private long Done() => host.Query<long>("SELECT COUNT(*) FROM snapshot_gaps").Single();

    private Task<HttpResponseMessage> PostAsync(string? key, string body = Body, string path = "/things")
    {
        (string, string)[] headers = key is null
            ? [("Authorization", $"Bearer {token}")]
            : [("Authorization", $"Bearer {token}"), ("Idempotency-Key", key)];
        return host.SendAsync(HttpMethod.Post, path, body, headers);
    }

    public sealed class Things([FromKeyedServices("trading")] IdempotentRequests requests, TradingDatabase database, TimeProvider clock)
    {
        private static int failures;

        [Function(nameof(MakeThing))]
        [Access(Caller.Trader)]
        public Task<IResult> MakeThing([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "things")] HttpRequest request, CancellationToken cancellationToken) =>
            RunAsync(request, Made, cancellationToken);

        [Function(nameof(MakeLongThing))]
        [Access(Caller.Trader)]
        public Task<IResult> MakeLongThing(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "things/long")] HttpRequest request, CancellationToken cancellationToken) =>
            RunAsync(request, () => Reply.Bytes(Encoding.UTF8.GetBytes($"\"{new string('x', 2000)}\""), Reply.JsonType), cancellationToken);

        [Function(nameof(RefuseThing))]
        [Access(Caller.Trader)]
        public Task<IResult> RefuseThing(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "things/refused")] HttpRequest request, CancellationToken cancellationToken) =>
            RunAsync(request, () => new Error(ErrorKind.Conflict, "NO", "No.").ToProblem(), cancellationToken);

        [Function(nameof(FailOnce))]
        [Access(Caller.Trader)]
        public Task<IResult> FailOnce(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "things/fails-once")] HttpRequest request, CancellationToken cancellationToken) =>
            RunAsync(request, () => Interlocked.Increment(ref failures) == 1 ? throw new InvalidOperationException("once") : Made(), cancellationToken);

        [Function(nameof(MakeThingOf))]
        [Access(Caller.Trader)]
        public Task<IResult> MakeThingOf(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "things/of/{group:regex(^(jobs|signals)$)}/{id:long}")] HttpRequest request,
            CancellationToken cancellationToken) => RunAsync(request, Made, cancellationToken);

        [Function(nameof(MakeNamedThing))]
        [Access(Caller.Trader)]
        public Task<IResult> MakeNamedThing(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "things/named/{name}")] HttpRequest request, CancellationToken cancellationToken) =>
            RunAsync(request, Made, cancellationToken);

        private static IResult Made() => Results.Created("/things/1", "made");

        private async Task<IResult> RunAsync(HttpRequest request, Func<IResult> answer, CancellationToken cancellationToken)
        {
            var body = await RequestBody.ReadAsync(request, cancellationToken);
            return await requests.RunAsync(
                request,
                body.Value,
                async () =>
                {
                    await database.ExecuteAsync(
                        "INSERT INTO snapshot_gaps VALUES (@Id, 0, 'made', @Now)",
                        new { Id = Guid.NewGuid().ToString(), Now = clock.GetInstant().ToUnixTimeSeconds() },
                        cancellationToken);
                    return answer();
                },
                cancellationToken);
        }
    }
}

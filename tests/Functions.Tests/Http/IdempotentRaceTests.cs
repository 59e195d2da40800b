using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Platform;
using TraderHub.Data.Sql.Idempotency;
using TraderHub.Functions.Http;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Http;

/// <summary>Requests that come together under one key, for work that is more than a transaction.</summary>
public sealed class IdempotentRaceTests
{
    private static readonly RequestKey Key = new("somebody", "POST", "/things", "one");

    private readonly string name = $"{Guid.NewGuid():n}";

    [Fact]
    [Trait("Case", "C6")]
    public async Task TwentyOnOneHost_AreDoneOnce()
    {
        await using var host = await TestHost.StartAsync(Options());

        var answers = await PostAsync(host, await TokenAsync(host), 20);

        await RequireOneAnswerAsync(answers);
        Assert.Equal(1, Works.Runs[name]);
    }

    [Fact]
    [Trait("Case", "C6")]
    public async Task AnotherBodyAtTheSameMoment_IsAConflict()
    {
        await using var host = await TestHost.StartAsync(Options());
        var token = await TokenAsync(host);

        var answers = (await Task.WhenAll(PostAsync(host, token, 10), PostAsync(host, token, 10, body: "\"other\""))).SelectMany(some => some).ToList();

        Assert.Equal(10, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.All(
            await Task.WhenAll(answers.Where(answer => answer.StatusCode != HttpStatusCode.OK).Select(answer => answer.ProblemCodeAsync())),
            code => Assert.Equal("IDEMPOTENCY_KEY_REUSED", code));
        Assert.Equal(1, Works.Runs[name]);
    }

    [Fact]
    [Trait("Case", "C6")]
    public async Task ARefusal_IsNotKept_AndTheNextIsDone()
    {
        await using var host = await TestHost.StartAsync(Options());
        var token = await TokenAsync(host);

        var answers = await PostAsync(host, token, 3, "refused");

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
        Assert.Equal(3, Works.Runs[name]);
    }

    [SkippableTheory]
    [Trait("Case", "C6")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TwentyOnTwoHosts_GetTheAnswerThatWasKeptFirst(bool isOnPostgres)
    {
        await using var postgres = isOnPostgres ? await PostgresDatabase.CreateAsync() : null;
        using var folder = new TempFolder();
        await using var one = await TestHost.StartAsync(Options(folder.Path, postgres));
        await using var other = await TestHost.StartAsync(Options(folder.Path, postgres));
        var token = await TokenAsync(one);

        var answers = (await Task.WhenAll(PostAsync(one, token, 10), PostAsync(other, token, 10))).SelectMany(some => some).ToList();

        await RequireOneAnswerAsync(answers);
        Assert.InRange(Works.Runs[name], 1, 2);
    }

    [Fact]
    [Trait("Case", "C6")]
    public async Task ATurn_ThatNobodyWaitsForAnyMore_IsForgotten()
    {
        var turns = new KeyTurns();
        using var gone = new CancellationTokenSource();
        var first = await turns.TakeAsync(Key, CancellationToken.None);
        var second = turns.TakeAsync(Key, gone.Token);
        var third = turns.TakeAsync(Key, CancellationToken.None);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(third.IsCompleted);

        first.Seen = new("hash", new(200, null, null, "answer"));
        first.Dispose();
        Assert.Equal("answer", (await third).Seen!.Answer.Body);
        (await third).Dispose();

        Assert.Equal(0, turns.Count);
        using var next = await turns.TakeAsync(Key, CancellationToken.None);
        Assert.Null(next.Seen);
    }

    private static TestHostOptions Options(string? folder = null, PostgresDatabase? postgres = null) => new()
    {
        FunctionClasses = [typeof(Works), typeof(UnknownRouteFunctions)],
        DataFolder = folder,
        Settings = postgres is null ? [] : [("Database:Provider", "postgres"), ("Database:ConnectionString", postgres.ConnectionString)],
    };

    private static Task<string> TokenAsync(TestHost host) => host.SignInAsync(TestHost.Trader);

    private Task<HttpResponseMessage[]> PostAsync(TestHost host, string token, int count, string what = "done", string body = "{}") => Task.WhenAll(
        Enumerable.Range(0, count).Select(_ => host.SendAsync(
            HttpMethod.Post, $"/works/{what}/{name}", body, ("Authorization", $"Bearer {token}"), ("Idempotency-Key", "one"))));

    private static async Task RequireOneAnswerAsync(IReadOnlyCollection<HttpResponseMessage> answers)
    {
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Single((await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()))).Distinct());
        Assert.Single(answers, answer => !answer.Headers.Contains("Idempotency-Replayed"));
    }

    public sealed class Works([FromKeyedServices("trading")] IdempotentRequests requests)
    {
        /// <summary>How often the work of a test was done.</summary>
        public static ConcurrentDictionary<string, int> Runs { get; } = new();

        [Function(nameof(DoWork))]
        [Access(Caller.Trader)]
        public Task<IResult> DoWork(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "works/done/{name}")] HttpRequest request, string name, CancellationToken cancellationToken) =>
            RunAsync(request, name, () => Results.Ok(Guid.NewGuid()), cancellationToken);

        [Function(nameof(RefuseWork))]
        [Access(Caller.Trader)]
        public Task<IResult> RefuseWork(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "works/refused/{name}")] HttpRequest request, string name, CancellationToken cancellationToken) =>
            RunAsync(request, name, () => new Error(ErrorKind.Conflict, "NO", "No.").ToProblem(), cancellationToken);

        private async Task<IResult> RunAsync(HttpRequest request, string name, Func<IResult> answer, CancellationToken cancellationToken)
        {
            var body = await RequestBody.ReadAsync(request, cancellationToken);
            return await requests.RunAcknowledgedAsync(
                request,
                body.Value,
                async _ =>
                {
                    Runs.AddOrUpdate(name, 1, (_, count) => count + 1);
                    await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
                    return answer();
                },
                cancellationToken);
        }
    }
}

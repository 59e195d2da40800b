using System.Net;
using System.Text.Json;
using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Tests.Worktime;

/// <summary>What clients kept while they were offline comes to the truth, however it arrives (rule V6).</summary>
public sealed class ReplayTests : IAsyncLifetime
{
    private const string Batch = "/api/time-sessions/batch";

    private static readonly Duration TwoHours = Duration.FromHours(2);

    private TestHost host = null!;
    private Developer developer = null!;

    public async Task InitializeAsync()
    {
        host = await Developer.HostAsync();
        developer = await Developer.SignInAsync(host);
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    /// <summary>A lone surrogate in a batch cannot be written again, wherever it stands: the batch is refused by name, before anything is stored.</summary>
    [Theory]
    [Trait("Case", "T2")]
    [InlineData("""["\ud800"]""")]
    [InlineData("""[{"client_id":"\udc00x"}]""")]
    [InlineData("""[{"client_id":{"a":["\ud83d"]}}]""")]
    public async Task ABatch_WithHalfOfACharacter_Is400(string sessions)
    {
        var problem = await developer.JsonAsync(HttpStatusCode.BadRequest, "POST", Batch, $$"""{"sessions":{{sessions}}}""");

        Assert.Equal("sessions[0]", Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
    }

    [Theory]
    [Trait("Case", "T2")]
    [InlineData("""[{"\udc00x":1}]""")]
    [InlineData("""[{"repo_name":{"\ud800":1}}]""")]
    public async Task ABatch_WithHalfOfACharacterInAName_Is400(string sessions)
    {
        var problem = await developer.JsonAsync(HttpStatusCode.BadRequest, "POST", Batch, $$"""{"sessions":{{sessions}}}""");

        Assert.Equal("MALFORMED_JSON", problem.GetProperty("code").GetString());
    }

    /// <summary>A review as it really was.</summary>
    private sealed record Review(string Name, int Number, Instant Start, int Seconds);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 2)]
    [InlineData(-2, 3)]
    public async Task FiveHundredPieces_OfTwoClients_ShuffledRepeatedAndWithLostAnswers_AreTheTruth(int hoursWrong, int seed)
    {
        await developer.JsonAsync(HttpStatusCode.OK, "PATCH", "/api/time-sessions/profile", """{"timezone_id":"Europe/Berlin"}""");
        var dice = new Dice(seed);
        var now = host.Clock.GetInstant();
        var offset = Duration.FromHours(hoursWrong);
        var truth = Enumerable.Range(0, 250)
            .Select(i => new Review($"r-{i}", i % 20, now - Duration.FromMinutes(40 * (i + 1)), dice.Next(2400)))
            .ToList();

        // One clock is right, the other is not; and each piece is sent by its own client, some of them three times.
        var pieces = truth.SelectMany((review, i) => PiecesOf(review, client: i % 2, i % 2 == 0 ? Duration.Zero : offset)).ToList();
        var sent = dice.Shuffle(pieces.Concat(pieces.Where(_ => dice.Next(3) == 0)).Concat(pieces.Where(_ => dice.Next(3) == 0)));
        foreach (var client in new[] { 0, 1 })
        {
            foreach (var batch in sent.Where(piece => piece.Client == client).Select(piece => piece.Json).Chunk(100))
            {
                var shown = now + (client == 0 ? Duration.Zero : offset);
                var body = $$"""{"client_time":"{{shown.ToIso()}}","sessions":[{{string.Join(',', batch)}}]}""";

                // Whose answer is lost sends it all again.
                for (var i = 0; i < 1 + dice.Next(2); i++)
                {
                    var answer = await developer.JsonAsync(HttpStatusCode.OK, "POST", Batch, body);
                    Assert.Equal((batch.Length, 0), (answer.GetProperty("created_count").GetInt32(), answer.GetProperty("failed_count").GetInt32()));
                }
            }
        }

        Assert.Equal(
            truth.Select(review => $"{review.Name} {review.Start.ToIso()} {review.Seconds} completed").Order(StringComparer.Ordinal),
            host.Query<string>("SELECT client_id || ' ' || start_time || ' ' || duration_seconds || ' ' || status FROM time_sessions", "worktime").Order(StringComparer.Ordinal));
        Assert.Equal(
            truth.GroupBy(review => LocalDay.Containing(review.Start, UserZone.FromId("Europe/Berlin")!).Date).Sum(day => day.Sum(review => review.Seconds)),
            host.Query<long>("SELECT SUM(total_duration_seconds) FROM daily_stats", "worktime")[0]);
        Assert.Equal([250L], host.Query<long>("SELECT SUM(session_count) FROM daily_stats", "worktime"));
    }

    [Fact]
    public async Task TheSameBatchFiveTimes_StoresItOnce()
    {
        const string Body = """
            {"sessions":[{"client_id":"a","repo_owner":"octo","repo_name":"hub","pr_number":7,"start_time":"2026-11-21T08:00:00Z","duration_seconds":600},
             {"client_id":"b","repo_owner":"octo","repo_name":"hub","pr_number":8,"start_time":"2026-11-21T09:00:00Z"}]}
            """;

        var statuses = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var answer = await developer.JsonAsync(HttpStatusCode.OK, "POST", Batch, Body);
            statuses.Add(string.Join(' ', answer.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("status").GetInt32())));
        }

        Assert.Equal(["201 201", "200 200", "200 200", "200 200", "200 200"], statuses);
        Assert.Equal(2, (await developer.GetAsync("/api/time-sessions")).GetProperty("total").GetInt64());
        Assert.Equal(600, (await developer.GetAsync("/api/stats/summary")).GetProperty("total_seconds").GetInt64());
    }

    [Fact]
    public async Task TwentyClientsAtOnce_WithTheSameQueue_StoreItOnce()
    {
        var start = host.Clock.GetInstant() - Duration.FromHours(10);
        var pieces = Enumerable.Range(0, 20).SelectMany(i =>
            PiecesOf(new($"r-{i}", i % 3, start + Duration.FromMinutes(20 * i), 900), client: 0, Duration.Zero).Select(piece => piece.Json)).ToList();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(seed => developer.JsonAsync(
            HttpStatusCode.OK, "POST", Batch, $$"""{"sessions":[{{string.Join(',', new Dice(seed).Shuffle(pieces))}}]}""")));

        Assert.Equal([20L], host.Query<long>("SELECT COUNT(*) FROM time_sessions WHERE status = 'completed' AND duration_seconds = 900", "worktime"));
        Assert.Equal([20L], host.Query<long>("SELECT COUNT(*) FROM time_sessions", "worktime"));
        Assert.Equal([18_000L], host.Query<long>("SELECT SUM(total_duration_seconds) FROM daily_stats", "worktime"));
    }

    [Fact]
    public async Task WhatIsWrongWithAPiece_KeepsNoOtherFromBeingStored()
    {
        const string Body = """
            {"sessions":[
             {"client_id":"good","repo_owner":"octo","repo_name":"hub","pr_number":7,"start_time":"2026-11-21T08:00:00Z","end_time":"2026-11-21T08:10:00Z"},
             {"client_id":"no pr","repo_owner":"octo","repo_name":"hub","pr_number":"7","colour":1},
             {"repo_owner":"octo","repo_name":"hub","pr_number":7,"action":"pause"},
             "what is this",
             {"client_id":"future","repo_owner":"octo","repo_name":"hub","pr_number":7,"start_time":"2026-11-21T11:40:00Z"},
             {"client_id":"old","repo_owner":"octo","repo_name":"hub","pr_number":7,"start_time":"2020-01-01T00:00:00Z"},
             {"client_id":"long","repo_owner":"octo","repo_name":"hub","pr_number":7,"start_time":"2026-11-21T08:00:00Z","end_time":"2026-11-21T08:10:00Z","duration_seconds":700},
             {"client_id":"lost","repo_owner":"octo","repo_name":"hub","pr_number":7,"action":"end","created_at":"2026-11-21T08:10:00Z"},
             {"client_id":"mine","session_id":999,"repo_owner":"octo","repo_name":"hub","pr_number":7,"duration_seconds":5},
             {"client_id":"good","repo_owner":"octo","repo_name":"hub","pr_number":8,"start_time":"2026-11-21T08:00:00Z"}]}
            """;

        var results = (await developer.JsonAsync(HttpStatusCode.OK, "POST", Batch, Body)).GetProperty("results").EnumerateArray().ToList();

        Assert.Equal(
            [
                "201", "400 VALIDATION_FAILED", "400 VALIDATION_FAILED", "400 VALIDATION_FAILED", "422 TIME_NOT_PLAUSIBLE", "422 TIME_NOT_PLAUSIBLE",
                "422 DURATION_TOO_LONG", "422 START_UNKNOWN", "404 SESSION_NOT_FOUND", "409 CLIENT_ID_REUSED",
            ],
            results.Select(result => $"{result.GetProperty("status")} {(result.TryGetProperty("code", out var code) ? code.GetString() : null)}".TrimEnd()));
        Assert.Equal(["client_id", "colour", "pr_number", "start_time"], FieldsOf(results[1]));
        Assert.Equal(["action", "client_id", "start_time"], FieldsOf(results[2]));
        Assert.Equal(1, (await developer.GetAsync("/api/time-sessions")).GetProperty("total").GetInt64());
    }

    [Theory]
    [InlineData(0, "sessions")]
    [InlineData(101, "sessions")]
    public async Task ABatchOfTooFewOrTooMany_IsRefusedAsAWhole(int count, string field)
    {
        var piece = """{"client_id":"a","repo_owner":"octo","repo_name":"hub","pr_number":7,"start_time":"2026-11-21T08:00:00Z"}""";

        var wrong = await developer.WrongFieldsAsync("POST", Batch, $$"""{"sessions":[{{string.Join(',', Enumerable.Repeat(piece, count))}}]}""");

        Assert.Equal([field], wrong);
        Assert.Equal(0, (await developer.GetAsync("/api/time-sessions")).GetProperty("total").GetInt64());
        Assert.Equal(["client_time", "colour", "sessions"], await developer.WrongFieldsAsync("POST", Batch, """{"client_time":"now","colour":1}"""));
    }

    [Fact]
    public async Task AClockThatIsTwoHoursFast_WithoutSayingSo_IsRefused_AndTakenWhenItSaysSo()
    {
        var now = host.Clock.GetInstant();
        var piece = EndOf(new("a", 7, now - Duration.FromMinutes(30), 1500), TwoHours);

        var silent = await developer.JsonAsync(HttpStatusCode.OK, "POST", Batch, $$"""{"sessions":[{{piece}}]}""");
        var honest = await developer.JsonAsync(HttpStatusCode.OK, "POST", Batch, $$"""{"client_time":"{{(now + TwoHours).ToIso()}}","sessions":[{{piece}}]}""");

        Assert.Equal(422, silent.GetProperty("results")[0].GetProperty("status").GetInt32());
        var session = honest.GetProperty("results")[0].GetProperty("session");
        Assert.Equal(
            ((now - Duration.FromMinutes(30)).ToIso(), (now - Duration.FromMinutes(5)).ToIso(), 1500),
            (session.GetProperty("start_time").GetString(), session.GetProperty("end_time").GetString(), session.GetProperty("duration_seconds").GetInt32()));
    }

    [Fact]
    public async Task AStartedOnlineSession_WhoseEndWasQueued_EndsByItsId()
    {
        var id = await developer.StartAsync();
        host.Clock.Advance(TimeSpan.FromHours(2));
        developer = await Developer.SignInAsync(host);

        var answer = await developer.JsonAsync(
            HttpStatusCode.OK,
            "POST",
            Batch,
            $$"""{"sessions":[{"action":"end","client_id":"q","session_id":{{id}},"repo_owner":"octo","repo_name":"hub","pr_number":7,"duration_seconds":900,"created_at":"2026-11-21T09:55:00Z"}]}""");

        Assert.Equal("2026-11-21T09:55:00.000Z", answer.GetProperty("results")[0].GetProperty("session").GetProperty("end_time").GetString());
        Assert.Equal(900, (await developer.GetAsync("/api/stats/repo/octo/hub")).GetProperty("total_seconds").GetInt64());
    }

    private static IEnumerable<(int Client, string Json)> PiecesOf(Review review, int client, Duration offset) =>
        [(client, StartOf(review, offset)), (client, EndOf(review, offset))];

    private static string StartOf(Review review, Duration offset) =>
        $$"""{"action":"start","client_id":"{{review.Name}}","repo_owner":"octo","repo_name":"hub","pr_number":{{review.Number + 1}},"created_at":"{{(review.Start + offset).ToIso()}}"}""";

    private static string EndOf(Review review, Duration offset) =>
        $$"""{"action":"end","client_id":"{{review.Name}}","repo_owner":"octo","repo_name":"hub","pr_number":{{review.Number + 1}},"duration_seconds":{{review.Seconds}},"created_at":"{{(review.Start + offset + Duration.FromSeconds(review.Seconds)).ToIso()}}"}""";

    private static IEnumerable<string> FieldsOf(JsonElement result) => result.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal);

    /// <summary>Numbers that look random and are the same each time.</summary>
    private sealed class Dice(int seed)
    {
        private uint state = (uint)seed * 2654435761;

        public int Next(int below)
        {
            state = (state * 1664525) + 1013904223;
            return (int)((state >> 8) % (uint)below);
        }

        public List<T> Shuffle<T>(IEnumerable<T> items) => items.Select(item => (Place: Next(1 << 20), Item: item)).OrderBy(placed => placed.Place).Select(placed => placed.Item).ToList();
    }
}

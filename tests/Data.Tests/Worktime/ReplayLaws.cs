using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Tests.Worktime;

/// <summary>In whatever order, and however often, the pieces of a queue come: they come to the same (rule V6).</summary>
public sealed class ReplayLaws
{
    private const int Sessions = 12;

    /// <summary>The places that the pieces come in, some of them several times.</summary>
    private static readonly Gen<List<int>> Order =
        from all in Gen.Shuffle(Enumerable.Range(0, Sessions * 2).ToArray())
        from again in Gen.Choose(0, (Sessions * 2) - 1).ListOf(20)
        from mixed in Gen.Shuffle(all.Concat(again).ToArray())
        select mixed.ToList();

    [Fact]
    public Task OnSqlite_AnyOrder_ComesToTheTruth() => HoldsAsync(DatabaseProvider.Sqlite, runs: 60);

    [SkippableFact]
    public Task OnPostgres_AnyOrder_ComesToTheTruth() => HoldsAsync(DatabaseProvider.Postgres, runs: 15);

    private static async Task HoldsAsync(DatabaseProvider provider, int runs)
    {
        await using var reviews = await Reviews.CreateAsync(provider, developers: runs);
        var replay = new ReplaySessions(reviews.Start, reviews.End);
        var now = reviews.Clock.GetInstant();
        var clock = ClientClock.Of(now, null).Value;
        var orders = Order.Sample(runs, runs).ToList();
        var truth = Enumerable.Range(0, Sessions).Select(Truth).ToList();
        for (var i = 0; i < runs; i++)
        {
            foreach (var piece in orders[i])
            {
                var (start, seconds) = truth[piece / 2];
                var isEnd = piece % 2 == 1;
                var queued = new QueuedSession(
                    isEnd, null, $"s{piece / 2}", Reviews.Pull(piece / 2 % 2), isEnd ? null : start, isEnd ? start + Duration.FromSeconds(seconds) : null, isEnd ? seconds : null);
                Assert.Null((await replay.ExecuteAsync(i + 1, queued, clock, CancellationToken.None)).Error);
            }

            await reviews.AssertTotalsAreTrueAsync(i + 1);
            Assert.Equal(
                truth.Select((session, number) => $"s{number} {session.Start.ToIso()} {session.Seconds} completed").Order(StringComparer.Ordinal),
                (await reviews.QueryAsync<string>(
                    $"SELECT client_id || ' ' || start_time || ' ' || duration_seconds || ' ' || status FROM time_sessions WHERE user_id = {i + 1}")).Order(StringComparer.Ordinal));
        }

        // Two pull requests, and sessions that overlap: reviews of one developer on two machines.
        (Instant Start, long Seconds) Truth(int number) => (now - Duration.FromMinutes(900 - (number * 50)), 1800 + (number * 300));
    }
}

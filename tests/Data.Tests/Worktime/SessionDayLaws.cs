using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Core.Worktime.Statistics;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Tests.Worktime;

/// <summary>A session is on the same days in every view, whatever zones its developer has had (rules V3 and V7).</summary>
public sealed class SessionDayLaws
{
    private static readonly string[] Zones =
        ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Australia/Lord_Howe", "Etc/GMT+5"];

    private static readonly LocalDate First = new(2026, 10, 22);

    private const int Days = 8;

    /// <summary>A session: the zone that its developer has then, and when it begins and how long it is, in quarters of an hour, so that many end at a midnight.</summary>
    private static readonly Gen<(int Zone, int Start, int Length)> Session =
        from zone in Gen.Choose(0, 7)
        from start in Gen.Choose(0, 5 * 96)
        from length in Gen.Frequency((4, Gen.Choose(1, 40)), (1, Gen.Choose(90, 200)))
        select (zone, start, length);

    [Fact]
    [Trait("Case", "D3")]
    public Task OnSqlite_AnySessionsOverChangesOfZone_AreOnTheSameDaysInEveryView() => HoldsAsync(DatabaseProvider.Sqlite, runs: 30, sessions: 12);

    [SkippableFact]
    [Trait("Case", "D3")]
    public Task OnPostgres_AnySessionsOverChangesOfZone_AreOnTheSameDaysInEveryView() => HoldsAsync(DatabaseProvider.Postgres, runs: 8, sessions: 12);

    private static async Task HoldsAsync(DatabaseProvider provider, int runs, int sessions)
    {
        await using var reviews = await Reviews.CreateAsync(provider, developers: runs);
        var scripts = Session.ListOf(sessions).Sample(runs, runs).ToList();
        for (var developer = 1; developer <= runs; developer++)
        {
            await SpendAsync(reviews, developer, scripts[developer - 1]);
            await AgreeAsync(reviews, developer);
        }
    }

    /// <summary>Each session is of a pull request of its own, by whose number it is known everywhere.</summary>
    private static async Task SpendAsync(Reviews reviews, long developer, IEnumerable<(int Zone, int Start, int Length)> script)
    {
        var number = 0;
        foreach (var (zone, start, length) in script)
        {
            await reviews.SetZoneAsync(Zones[zone], developer);
            var begin = First.PlusDays(1).AtMidnight().InUtc().ToInstant() + Duration.FromMinutes(15 * start);
            var done = await reviews.End.ExecuteAsync(
                developer, $"{developer} {++number}", Reviews.Pull(number), begin, new(begin + Duration.FromMinutes(15 * length), null), CancellationToken.None);
            Assert.Null(done.Error);
        }
    }

    private static async Task AgreeAsync(Reviews reviews, long developer)
    {
        var none = CancellationToken.None;
        var zones = await reviews.History.ListZonesAsync(developer, none);
        var seen = 0L;
        for (var day = First; day < First.PlusDays(Days); day = day.PlusDays(1))
        {
            var query = new SessionQuery(developer) { From = SessionBound.At(day, zones), To = SessionBound.At(day.PlusDays(1), zones), Limit = 100 };
            var listed = (await reviews.History.ReadAsync(query, none)).Select(session => session.PullRequest.Number).Order().ToList();
            var cells = await new ReadMatrix(reviews.Statistics).ExecuteAsync(developer, day, day.PlusDays(1), none);
            var totals = await reviews.Statistics.ListAsync(developer, day, day.PlusDays(1), none);

            Assert.Equal(cells.Select(cell => cell.PullRequest.Number).Order(), listed);
            Assert.Equal(listed.Count, await reviews.History.CountAsync(query, none));
            Assert.Equal(cells.Sum(cell => cell.Seconds), totals.Sum(total => total.Seconds));
            seen += totals.Sum(total => total.Sessions);
        }

        Assert.Equal(await reviews.History.CountAsync(new(developer), none), seen);
    }
}

using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Tests.Worktime;

/// <summary>Whatever is done to sessions, the days come to what the completed sessions come to (rule V2).</summary>
public sealed class DayTotalLaws
{
    private static readonly string[] Zones =
        ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Australia/Lord_Howe", "America/Sao_Paulo"];

    /// <summary>A step that is made on the store: what, on which of the sessions so far, and two numbers for its times.</summary>
    private static readonly Gen<(int Action, int Which, int A, int B)> Step =
        from action in Gen.Choose(0, 8)
        from which in Gen.Choose(0, 20)
        from a in Gen.Choose(0, 200_000)
        from b in Gen.Choose(0, 200_000)
        select (action, which, a, b);

    [Fact]
    public Task OnSqlite_AnySessionsZonesAndEdits_KeepTheDaysTrue() => HoldsAsync(DatabaseProvider.Sqlite, runs: 60, steps: 40);

    [SkippableFact]
    public Task OnPostgres_AnySessionsZonesAndEdits_KeepTheDaysTrue() => HoldsAsync(DatabaseProvider.Postgres, runs: 10, steps: 30);

    private static async Task HoldsAsync(DatabaseProvider provider, int runs, int steps)
    {
        await using var reviews = await Reviews.CreateAsync(provider, developers: runs);
        var scripts = Step.ListOf(steps).Sample(runs, runs).ToList();
        for (var i = 0; i < runs; i++)
        {
            var ids = new List<long>();
            foreach (var step in scripts[i])
            {
                await MakeAsync(reviews, developer: i + 1, ids, step);
            }

            await reviews.AssertTotalsAreTrueAsync(i + 1);
        }

        Assert.NotEmpty(await reviews.QueryAsync<long>("SELECT id FROM daily_stats WHERE session_count = 0"));
        Assert.NotEmpty(await reviews.QueryAsync<long>("SELECT id FROM session_audit WHERE action = 'corrected'"));
    }

    private static async Task MakeAsync(Reviews reviews, long developer, List<long> ids, (int Action, int Which, int A, int B) step)
    {
        var none = CancellationToken.None;
        var now = reviews.Clock.GetInstant();
        var id = ids.Count == 0 ? 0 : ids[step.Which % ids.Count];
        var start = now - Duration.FromSeconds(400_000 - step.A);
        switch (step.Action)
        {
            case 0 or 1:
                var whole = await reviews.End.ExecuteAsync(
                    developer, $"{Guid.NewGuid()}", Reviews.Pull(step.Which, $"repo{step.Which % 3}"), start, new(start + Duration.FromSeconds(step.B), step.A % 3 == 0 ? step.B / 2 : null), none);
                Assert.Null(whole.Error);
                ids.Add(whole.Value.Session.Id);
                break;
            case 2:
                ids.Add((await reviews.Start.ExecuteAsync(developer, Reviews.Pull(step.Which), null, null, none)).Value.Session.Id);
                break;
            case 3:
                await reviews.End.ExecuteAsync(developer, id, new(null, step.A % 2 == 0 ? null : step.A % 500), none);
                break;
            case 4:
                await reviews.SetZoneAsync(Zones[step.Which % Zones.Length], developer);
                break;
            case 5:
                await new CorrectSession(reviews.Sessions).ExecuteAsync(
                    developer, id, new(start, step.A % 2 == 0 ? start + Duration.FromSeconds(step.B) : null, step.B % 3 == 0 ? step.B / 3 : null), none);
                break;
            case 6:
                await reviews.Sessions.TryDeleteAsync(developer, id, none);
                break;
            case 7:
                await reviews.Sessions.AbandonAsync(now, none);
                await new ResumeSession(reviews.Sessions, reviews.Clock).ExecuteAsync(developer, id, none);
                break;
            default:
                reviews.Clock.Advance(TimeSpan.FromSeconds(step.A));
                break;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ADayThatDiffers_IsRepairedAndTold(DatabaseProvider provider)
    {
        await using var reviews = await Reviews.CreateAsync(provider);
        await reviews.SpendAsync("2026-11-20T10:00:00Z", "2026-11-20T11:00:00Z");
        await reviews.SpendAsync("2026-11-19T10:00:00Z", "2026-11-19T11:00:00Z");
        foreach (var accident in new[]
        {
            "UPDATE daily_stats SET total_duration_seconds = 1 WHERE date = '2026-11-20'",
            "DELETE FROM daily_stats WHERE date = '2026-11-19'",
            "INSERT INTO daily_stats (user_id, repo_owner, repo_name, date, total_duration_seconds, session_count) VALUES (1, 'octo', 'hub', '2026-11-18', 5, 1)",
        })
        {
            await reviews.Place.Worktime.ExecuteAsync(accident, null, CancellationToken.None);
        }

        var repaired = await reviews.Statistics.RepairAsync(1, CancellationToken.None);

        Assert.Equal(["18 5 -", "19 - 3600", "20 1 3600"], repaired
            .Select(day => $"{(day.Stored ?? day.Computed)!.Date.Day} {day.Stored?.Seconds.ToString() ?? "-"} {day.Computed?.Seconds.ToString() ?? "-"}").Order());
        Assert.Equal(["2026-11-19 hub 3600 in 1", "2026-11-20 hub 3600 in 1"], await reviews.DaysAsync());
        Assert.Empty(await reviews.Statistics.RepairAsync(1, CancellationToken.None));
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-11-19T22:30:00Z", "2026-11-20T00:00:00Z", "2026-11-19 hub 1800 in 1|2026-11-20 hub 3600 in 0")]
    [InlineData("UTC", "2026-11-19T22:30:00Z", "2026-11-20T00:00:00Z", "2026-11-19 hub 5400 in 1")]
    [InlineData("Europe/Berlin", "2026-10-24T21:00:00Z", "2026-10-25T23:00:00Z", "2026-10-24 hub 3600 in 1|2026-10-25 hub 90000 in 0")]
    [InlineData("Europe/Berlin", "2026-03-28T22:30:00Z", "2026-03-29T22:00:00Z", "2026-03-28 hub 1800 in 1|2026-03-29 hub 82800 in 0")]
    [InlineData("America/Sao_Paulo", "2026-03-28T02:30:00Z", "2026-03-28T03:30:00Z", "2026-03-27 hub 1800 in 1|2026-03-28 hub 1800 in 0")]
    public async Task ASessionOverMidnight_IsCutThere(string zone, string start, string end, string days)
    {
        await using var reviews = await Reviews.CreateAsync(DatabaseProvider.Sqlite);
        await reviews.SetZoneAsync(zone);

        await reviews.SpendAsync(start, end);

        Assert.Equal(days.Split('|'), await reviews.DaysAsync());
    }

    [Fact]
    public async Task AChangeOfZone_LeavesWhatHasPassedInItsDays_AndACorrectionToo()
    {
        await using var reviews = await Reviews.CreateAsync(DatabaseProvider.Sqlite);
        var session = await reviews.SpendAsync("2026-11-19T22:30:00Z", "2026-11-20T00:00:00Z");

        await reviews.SetZoneAsync("Europe/Berlin");
        await new CorrectSession(reviews.Sessions).ExecuteAsync(1, session.Id, new(null, null, 60), CancellationToken.None);
        await reviews.SpendAsync("2026-11-20T23:30:00Z", "2026-11-20T23:31:00Z");

        Assert.Equal(["2026-11-19 hub 60 in 1", "2026-11-21 hub 60 in 1"], await reviews.DaysAsync());
        await reviews.AssertTotalsAreTrueAsync();
    }
}

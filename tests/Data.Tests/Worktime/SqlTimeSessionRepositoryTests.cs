using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Tests.Worktime;

public sealed class SqlTimeSessionRepositoryTests
{
    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Start_TwentyAtOnce_OneIsActiveAndAllAreToldOfIt(DatabaseProvider provider)
    {
        await using var reviews = await Reviews.CreateAsync(provider);

        var started = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            reviews.Start.ExecuteAsync(1, Reviews.Pull(7), i % 3 == 0 ? null : $"tab-{i}", null, CancellationToken.None)));

        Assert.Single(started, stored => stored.Value.IsNew);
        var id = Assert.Single(started.Select(stored => stored.Value.Session.Id).Distinct());
        Assert.Equal([id], await reviews.QueryAsync<long>("SELECT id FROM time_sessions"));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Start_TheNameOfOneThatJoined_StaysThatOfTheSession_AlsoWhenItHasEnded(DatabaseProvider provider)
    {
        await using var reviews = await Reviews.CreateAsync(provider);
        var first = (await reviews.Start.ExecuteAsync(1, Reviews.Pull(7), "a", null, CancellationToken.None)).Value.Session;
        await reviews.Start.ExecuteAsync(1, Reviews.Pull(7), "b", null, CancellationToken.None);
        reviews.Clock.Advance(TimeSpan.FromMinutes(10));
        await reviews.End.ExecuteAsync(1, first.Id, new(null, null), CancellationToken.None);

        var again = await reviews.Start.ExecuteAsync(1, Reviews.Pull(7), "b", null, CancellationToken.None);
        var other = await reviews.Start.ExecuteAsync(1, Reviews.Pull(8), "b", null, CancellationToken.None);
        var fresh = await reviews.Start.ExecuteAsync(1, Reviews.Pull(7), "c", null, CancellationToken.None);

        Assert.Equal((first.Id, SessionStatus.Completed), (again.Value.Session.Id, again.Value.Session.Status));
        Assert.Equal("CLIENT_ID_REUSED", other.Error!.Code);
        Assert.True(fresh.Value.IsNew);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Start_NamesOfRepositoriesInAnotherCase_AreTheSamePullRequest(DatabaseProvider provider)
    {
        await using var reviews = await Reviews.CreateAsync(provider);
        var first = await reviews.Start.ExecuteAsync(1, new("Octo", "Hub", 7), null, null, CancellationToken.None);

        var second = await reviews.Start.ExecuteAsync(1, new("octo", "HUB", 7), null, null, CancellationToken.None);

        Assert.Equal(first.Value.Session.Id, second.Value.Session.Id);
        Assert.Equal([new ActiveSession(1, first.Value.Session.Id)], await reviews.History.ListActiveAsync(new("OCTO", "hub", 7), reviews.Clock.GetInstant(), CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task End_TwentyAtOnce_CountsOnce(DatabaseProvider provider)
    {
        await using var reviews = await Reviews.CreateAsync(provider);
        var session = (await reviews.Start.ExecuteAsync(1, Reviews.Pull(7), null, null, CancellationToken.None)).Value.Session;
        reviews.Clock.Advance(TimeSpan.FromMinutes(10));

        var ends = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => reviews.End.ExecuteAsync(1, session.Id, new(null, 300 + i), CancellationToken.None)));

        Assert.Single(ends.Select(end => end.Value.Session.DurationSeconds).Distinct());
        Assert.Equal([$"2026-11-21 hub {ends[0].Value.Session.DurationSeconds} in 1"], await reviews.DaysAsync());
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task End_SessionsOfOneRepositoryAtOnce_AreAllInTheDaysTotal(DatabaseProvider provider)
    {
        await using var reviews = await Reviews.CreateAsync(provider);
        var ids = new List<long>();
        for (var number = 1; number <= 25; number++)
        {
            ids.Add((await reviews.Start.ExecuteAsync(1, Reviews.Pull(number), null, null, CancellationToken.None)).Value.Session.Id);
        }

        reviews.Clock.Advance(TimeSpan.FromMinutes(10));
        await Task.WhenAll(ids.Select(id => reviews.End.ExecuteAsync(1, id, new(null, null), CancellationToken.None)));

        Assert.Equal(["2026-11-21 hub 15000 in 25"], await reviews.DaysAsync());
        await reviews.AssertTotalsAreTrueAsync();
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Sessions_OfOthers_AreNotThere(DatabaseProvider provider)
    {
        await using var reviews = await Reviews.CreateAsync(provider);
        var id = (await reviews.Start.ExecuteAsync(2, Reviews.Pull(7), "a", null, CancellationToken.None)).Value.Session.Id;

        Assert.Null(await reviews.History.FindAsync(1, id, CancellationToken.None));
        Assert.Equal("SESSION_NOT_FOUND", (await reviews.End.ExecuteAsync(1, id, new(null, null), CancellationToken.None)).Error!.Code);
        Assert.False(await reviews.Sessions.TrySeeAsync(1, id, reviews.Clock.GetInstant(), CancellationToken.None));
        Assert.False(await reviews.Sessions.TryDeleteAsync(1, id, CancellationToken.None));
        Assert.True((await reviews.Start.ExecuteAsync(1, Reviews.Pull(7), "a", null, CancellationToken.None)).Value.IsNew);
        Assert.Equal("DEVELOPER_NOT_FOUND", (await reviews.Start.ExecuteAsync(9, Reviews.Pull(7), null, null, CancellationToken.None)).Error!.Code);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Abandon_WhatShowsNoSignOfLife_EndsAtTheLastOne_AndDoesNotCount(DatabaseProvider provider)
    {
        await using var reviews = await Reviews.CreateAsync(provider);
        var silent = (await reviews.Start.ExecuteAsync(1, Reviews.Pull(7), null, null, CancellationToken.None)).Value.Session;
        var heard = (await reviews.Start.ExecuteAsync(1, Reviews.Pull(8), null, null, CancellationToken.None)).Value.Session;
        reviews.Clock.Advance(TimeSpan.FromMinutes(30));
        await reviews.Sessions.TrySeeAsync(1, heard.Id, reviews.Clock.GetInstant(), CancellationToken.None);
        var abandon = new AbandonStaleSessions(reviews.Sessions, new(Duration.FromMinutes(30)), reviews.Clock);

        Assert.Equal(1, await abandon.ExecuteAsync(CancellationToken.None));
        Assert.Equal(0, await abandon.ExecuteAsync(CancellationToken.None));

        var abandoned = (await reviews.History.FindAsync(1, silent.Id, CancellationToken.None))!;
        Assert.Equal((SessionStatus.Abandoned, silent.StartTime, null), (abandoned.Status, abandoned.EndTime, abandoned.DurationSeconds));
        Assert.Empty(await reviews.DaysAsync());
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Resume_AnAbandonedOne_GoesOnWithoutTheTimeBetween_AndIsRecorded(DatabaseProvider provider)
    {
        await using var reviews = await Reviews.CreateAsync(provider);
        var session = (await reviews.Start.ExecuteAsync(1, Reviews.Pull(7), null, null, CancellationToken.None)).Value.Session;
        reviews.Clock.Advance(TimeSpan.FromMinutes(5));
        await reviews.Sessions.TrySeeAsync(1, session.Id, reviews.Clock.GetInstant(), CancellationToken.None);
        await reviews.Sessions.AbandonAsync(reviews.Clock.GetInstant(), CancellationToken.None);
        reviews.Clock.Advance(TimeSpan.FromMinutes(120));
        var resume = new ResumeSession(reviews.Sessions, reviews.Clock);

        var other = (await reviews.Start.ExecuteAsync(1, Reviews.Pull(7), null, null, CancellationToken.None)).Value.Session;
        Assert.Equal("ANOTHER_SESSION_ACTIVE", (await resume.ExecuteAsync(1, session.Id, CancellationToken.None)).Error!.Code);
        await reviews.End.ExecuteAsync(1, other.Id, new(null, null), CancellationToken.None);
        Assert.Equal(SessionStatus.Active, (await resume.ExecuteAsync(1, session.Id, CancellationToken.None)).Value.Status);
        Assert.Equal(SessionStatus.Active, (await resume.ExecuteAsync(1, session.Id, CancellationToken.None)).Value.Status);
        reviews.Clock.Advance(TimeSpan.FromMinutes(3));
        var ended = (await reviews.End.ExecuteAsync(1, session.Id, new(null, null), CancellationToken.None)).Value.Session;

        Assert.Equal(8 * 60, ended.DurationSeconds);
        Assert.Equal(["resumed"], await reviews.QueryAsync<string>("SELECT action FROM session_audit"));
        await reviews.AssertTotalsAreTrueAsync();
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task End_AnAbandonedOne_CountsWhatItsClientSays_OrUntilItsLastSignOfLife(DatabaseProvider provider)
    {
        await using var reviews = await Reviews.CreateAsync(provider);
        var told = (await reviews.Start.ExecuteAsync(1, Reviews.Pull(7), null, null, CancellationToken.None)).Value.Session;
        var untold = (await reviews.Start.ExecuteAsync(1, Reviews.Pull(8), null, null, CancellationToken.None)).Value.Session;
        reviews.Clock.Advance(TimeSpan.FromMinutes(5));
        await reviews.Sessions.TrySeeAsync(1, untold.Id, reviews.Clock.GetInstant(), CancellationToken.None);
        reviews.Clock.Advance(TimeSpan.FromMinutes(55));
        await reviews.Sessions.AbandonAsync(reviews.Clock.GetInstant(), CancellationToken.None);

        Assert.Equal(2400, (await reviews.End.ExecuteAsync(1, told.Id, new(null, 2400), CancellationToken.None)).Value.Session.DurationSeconds);
        Assert.Equal(300, (await reviews.End.ExecuteAsync(1, untold.Id, new(null, null), CancellationToken.None)).Value.Session.DurationSeconds);
        Assert.Equal(["ended", "ended"], await reviews.QueryAsync<string>("SELECT action FROM session_audit"));
        await reviews.AssertTotalsAreTrueAsync();
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Delete_TakesItOutOfTheDays_AndWhoSendsItAgainIsToldSo(DatabaseProvider provider)
    {
        await using var reviews = await Reviews.CreateAsync(provider);
        var session = (await reviews.Start.ExecuteAsync(1, Reviews.Pull(7), "a", null, CancellationToken.None)).Value.Session;
        await reviews.Start.ExecuteAsync(1, Reviews.Pull(7), "b", null, CancellationToken.None);
        reviews.Clock.Advance(TimeSpan.FromMinutes(5));
        await reviews.End.ExecuteAsync(1, session.Id, new(null, null), CancellationToken.None);

        Assert.True(await reviews.Sessions.TryDeleteAsync(1, session.Id, CancellationToken.None));
        Assert.False(await reviews.Sessions.TryDeleteAsync(1, session.Id, CancellationToken.None));

        Assert.Empty(await reviews.DaysAsync());
        foreach (var name in new[] { "a", "b" })
        {
            Assert.Equal("SESSION_DELETED", (await reviews.Start.ExecuteAsync(1, Reviews.Pull(7), name, null, CancellationToken.None)).Error!.Code);
            var end = await reviews.End.ExecuteAsync(1, name, Reviews.Pull(7), session.StartTime, new(null, 60), CancellationToken.None);
            Assert.Equal("SESSION_DELETED", end.Error!.Code);
        }
    }
}

using NodaTime;
using TraderHub.Core.Worktime.SignIn;
using TraderHub.Data.Sql;
using TraderHub.Data.Worktime.SignIn;
using TraderHub.Data.Worktime.Webhooks;

namespace TraderHub.Data.Tests.Worktime;

/// <summary>What developers' sign-ins rest on, on both databases.</summary>
public sealed class DeveloperSignInTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 9, 30);
    private static readonly GitHubProfile Octocat = new("583231", "octocat", null, null);

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task SaveAsync_OfManyFirstOnesAtOnce_MakesOneDeveloper(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateWorktimeAsync(provider);
        var developers = new SqlDeveloperRepository(place.Worktime);

        var saved = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => developers.SaveAsync(Octocat, Now, CancellationToken.None)));

        var id = Assert.Single(saved.Select(developer => developer.Id).Distinct());
        Assert.Equal(new Developer(id, "583231", "octocat", null, null), await developers.FindAsync(id, CancellationToken.None));
        Assert.Null(await developers.FindAsync(id + 1, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task SaveAsync_Again_KeepsTheDeveloperAndTakesWhatGitHubSaysNow(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateWorktimeAsync(provider);
        var developers = new SqlDeveloperRepository(place.Worktime);
        var first = await developers.SaveAsync(Octocat with { Email = "a@example.com" }, Now, CancellationToken.None);
        var later = Now + Duration.FromDays(1);

        var again = await developers.SaveAsync(Octocat with { Username = "renamed", AvatarUrl = "https://example.com/a" }, later, CancellationToken.None);

        Assert.Equal(new Developer(first.Id, "583231", "renamed", null, "https://example.com/a"), again);
        Assert.Equal(
            ["2026-11-21T09:30:00.000Z 2026-11-22T09:30:00.000Z"],
            await place.Worktime.QueryAsync<string>("SELECT created_at || ' ' || last_active FROM users", null, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TryRotateAsync_OfTwentyAtOnce_IsDoneByOne(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateWorktimeAsync(provider);
        var (families, family) = await BeginAsync(place);

        var rotated = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            families.TryRotateAsync(family.Id, family.CurrentToken, $"next {i}", Now, CancellationToken.None)));

        var winner = Assert.Single(rotated, each => each is not null)!;
        Assert.Equal(family.CurrentToken, winner.PreviousToken);
        Assert.Equal(winner, await families.FindAsync(family.Id, Now, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task AFamily_ThatIsOverOrWasEnded_IsNotThere(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateWorktimeAsync(provider);
        var (families, family) = await BeginAsync(place);

        Assert.Equal(family, await families.FindAsync(family.Id, family.ExpiresAt - Duration.FromSeconds(1), CancellationToken.None));
        Assert.Null(await families.FindAsync(family.Id, family.ExpiresAt, CancellationToken.None));
        Assert.Null(await families.TryRotateAsync(family.Id, family.CurrentToken, "next", family.ExpiresAt, CancellationToken.None));
        Assert.False(await families.HasAnyAsync(family.DeveloperId, family.ExpiresAt, CancellationToken.None));

        Assert.True(await families.HasAnyAsync(family.DeveloperId, Now, CancellationToken.None));
        Assert.True(await families.RevokeAsync(family.Id, Now, CancellationToken.None));
        Assert.False(await families.RevokeAsync(family.Id, Now, CancellationToken.None));
        Assert.Null(await families.FindAsync(family.Id, Now, CancellationToken.None));
        Assert.Null(await families.TryRotateAsync(family.Id, family.CurrentToken, "next", Now, CancellationToken.None));
        Assert.False(await families.HasAnyAsync(family.DeveloperId, Now, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TryUseAsync_OfManyAtOnce_IsTheStateForOne(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateWorktimeAsync(provider);
        var states = new SqlAuthStates(place.Worktime);
        var state = new AuthState("state", "verifier", "https://example.com/", Now + Duration.FromMinutes(10));
        await states.AddAsync(state with { State = "old", ExpiresAt = Now }, Now, CancellationToken.None);
        await states.AddAsync(state, Now, CancellationToken.None);

        Assert.Null(await states.TryUseAsync("state", state.ExpiresAt, CancellationToken.None));
        var used = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => states.TryUseAsync("state", Now, CancellationToken.None)));

        Assert.Equal(state, Assert.Single(used, each => each is not null));
        Assert.Empty(await place.Worktime.QueryAsync<string>("SELECT id FROM auth_states", null, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task OnceAsync_OfManyAtOnce_WorksOnce_AndWorkThatFailsWasNotDone(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateWorktimeAsync(provider);
        var deliveries = new SqlWebhookDeliveries(place.Worktime);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            deliveries.OnceAsync("id", "pull_request", Now, () => throw new InvalidOperationException(), CancellationToken.None));

        var done = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            deliveries.OnceAsync("id", "pull_request", Now, () => Task.FromResult(3), CancellationToken.None)));

        Assert.Equal(3, Assert.Single(done, each => each is not null));
        Assert.Equal([3], await place.Worktime.QueryAsync<long>("SELECT sessions_ended FROM webhook_deliveries", null, CancellationToken.None));
    }

    private static async Task<(SqlTokenFamilies Families, TokenFamily Family)> BeginAsync(TestPlace place)
    {
        var developer = await new SqlDeveloperRepository(place.Worktime).SaveAsync(Octocat, Now, CancellationToken.None);
        var families = new SqlTokenFamilies(place.Worktime);
        var family = TokenFamily.Begin(developer.Id, Now);
        await families.AddAsync(family, CancellationToken.None);
        return (families, family);
    }
}

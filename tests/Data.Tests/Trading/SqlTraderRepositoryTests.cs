using Microsoft.Data.Sqlite;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Exchange;
using TraderHub.Core.Trading.Settings;
using TraderHub.Core.Trading.Traders;
using TraderHub.Data.Sql;
using TraderHub.Data.Trading.Settings;
using TraderHub.Data.Trading.SignIn;
using TraderHub.Data.Trading.Traders;

namespace TraderHub.Data.Tests.Trading;

public sealed class SqlTraderRepositoryTests
{
    private static readonly WalletAddress Address = WalletAddress.Parse("0x00000000000000000000000000000000000000a1");
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 9, 30);
    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task SaveProfileAsync_OfATraderWhoSignedIn_IsFoundAsItWas(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var traders = new SqlTraderRepository(place.Trading);
        await new SqlSessionRepository(place.Trading).AddAsync("hash", Address, Now, Now + Duration.FromDays(30), CancellationToken.None);
        Assert.Equivalent(AccountProfile.Unknown, await traders.FindProfileAsync(Address, CancellationToken.None));

        foreach (var profile in new[]
        {
            new AccountProfile(AccountMode.UnifiedAccount, true, Now, ["xyz", "flx"], Now),
            new AccountProfile(new AccountMode("a new word"), false, null, [], Now),
            AccountProfile.Unknown,
        })
        {
            await traders.SaveProfileAsync(Address, profile, CancellationToken.None);
            Assert.Equivalent(profile, await traders.FindProfileAsync(Address, CancellationToken.None), strict: true);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task SaveProfileAsync_OfSomebodyWhoNeverSignedIn_StoresNothing(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var traders = new SqlTraderRepository(place.Trading);

        await traders.SaveProfileAsync(Address, new AccountProfile(AccountMode.Disabled, null, Now, [], Now), CancellationToken.None);

        Assert.Null(await traders.FindProfileAsync(Address, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    [Trait("Case", "D1")]
    public async Task AssumeZoneAsync_ASecondTime_OrOfATraderWhoHasChosen_ChangesNothing(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var traders = new SqlTraderRepository(place.Trading);
        await new SqlSessionRepository(place.Trading).AddAsync("hash", Address, Now, Now + Duration.FromDays(30), CancellationToken.None);
        Assert.Null(await traders.FindAssumedZoneAsync(Address, CancellationToken.None));

        await traders.AssumeZoneAsync(Address, new AssumedZone(UserZone.FromOffset(5.75m)!, "cookie"), CancellationToken.None);
        await traders.AssumeZoneAsync(Address, new AssumedZone(UserZone.FromId("Asia/Kolkata")!, "language"), CancellationToken.None);
        var assumed = await traders.FindAssumedZoneAsync(Address, CancellationToken.None);
        Assert.Equal(("UTC+5:45", 5.75m, "cookie"), (assumed!.Zone.Name, assumed.Zone.OffsetAt(Now), assumed.Source));

        await traders.ForgetAssumedZoneAsync(Address, CancellationToken.None);
        await traders.AssumeZoneAsync(Address, new AssumedZone(UserZone.FromId("Asia/Kolkata")!, "language"), CancellationToken.None);
        Assert.Equal("Asia/Kolkata", (await traders.FindAssumedZoneAsync(Address, CancellationToken.None))!.Zone.Id);

        await traders.ForgetAssumedZoneAsync(Address, CancellationToken.None);
        var settings = UserSettings.DefaultOf(Address) with { Zone = UserZone.FromId("Europe/Berlin"), UpdatedAt = Now };
        Assert.True(await new SqlSettingsRepository(place.Trading).TrySaveAsync(settings, CancellationToken.None));
        await traders.AssumeZoneAsync(Address, new AssumedZone(UserZone.FromId("Asia/Kolkata")!, "language"), CancellationToken.None);
        Assert.Null(await traders.FindAssumedZoneAsync(Address, CancellationToken.None));
    }

    [Fact]
    [Trait("Case", "D1")]
    public async Task AssumeZoneAsync_WhereOneIsAssumedAlready_DoesNotWaitToWrite()
    {
        await using var place = await Databases.CreateTradingAsync(DatabaseProvider.Sqlite);
        var traders = new SqlTraderRepository(place.Trading);
        await new SqlSessionRepository(place.Trading).AddAsync("hash", Address, Now, Now + Duration.FromDays(30), CancellationToken.None);
        await traders.AssumeZoneAsync(Address, AssumedZone.Default, CancellationToken.None);
        using var other = new SqliteConnection($"Data Source={place.Folder.File("trading.db")};Pooling=False");
        other.Open();
        using var locking = other.BeginTransaction(deferred: false);

        await traders.AssumeZoneAsync(Address, AssumedZone.Default, CancellationToken.None);
    }
}

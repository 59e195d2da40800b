using System.Text.Json.Nodes;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Settings;
using TraderHub.Data.Sql;
using TraderHub.Data.Trading.Settings;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Trading;

public sealed class SqlSettingsRepositoryTests
{
    private const string FirstLoginTarget = """{"targetPercentage":1,"minimumTrades":2,"fixedLeverageRatio":10,"fixedSLPercentage":2}""";

    private const string FirstLoginSettings =
        """{"takerFee":2.5,"makerFee":0.2,"streakThreshold":0.5,"lossThreshold":5,"preferredTimes":[{"start":"09:00","end":"10:00","label":""}],"avoidedTimes":[],"leverageMap":{},"defaultLeverage":10,"defaultLongCrypto":"BTC","defaultShortCrypto":"ETH"}""";

    private static readonly WalletAddress Address = WalletAddress.Parse("0x00000000000000000000000000000000000000a1");
    private static readonly WalletAddress Other = WalletAddress.Parse("0x00000000000000000000000000000000000000b2");
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 9, 30);
    private static readonly ManualClock Clock = new("2026-11-21T09:30:00Z");

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task FindAsync_WhatWasSaved_IsWholeAndIsThatTradersAlone(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var settings = new SqlSettingsRepository(place.Trading);
        var saved = new UserSettings(
            Address,
            new DailyTarget(12.5m, 3, 20, 0.7m),
            AdvancedSettings.Default with
            {
                PreferredTradingTimes = [new(new LocalTime(9, 0), new LocalTime(17, 30), "Office")],
                AvoidedTradingTimes = [new(new LocalTime(22, 0), new LocalTime(6, 0), null)],
                LeverageMap = new Dictionary<string, decimal> { ["kPEPE"] = 0.5m, ["KPEPE"] = 0.7m },
            },
            UserZone.FromOffset(5.75m, "Kathmandu"),
            0,
            Now);

        Assert.True(await settings.TrySaveAsync(saved, CancellationToken.None));

        Assert.Equivalent(saved with { Version = 1 }, await settings.FindAsync(Address, CancellationToken.None), strict: true);
        Assert.Null(await settings.FindAsync(Other, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TrySaveAsync_WritesTheDocumentedNames(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        await new SqlSettingsRepository(place.Trading).TrySaveAsync(Defaults(), CancellationToken.None);

        var target = (await place.QueryAsync<string>("SELECT daily_target FROM user_settings")).Single();
        var advanced = (await place.QueryAsync<string>("SELECT advanced_settings FROM user_settings")).Single();

        Assert.Equal("""{"targetPercentage":10,"minimumTrades":2,"fixedLeverageRatio":10,"fixedSLPercentage":2}""", target);
        Assert.Equal(
            """{"takerFee":0.045,"makerFee":0.015,"streakThreshold":90,"lossThreshold":30,"preferredTradingTimes":[],"avoidedTradingTimes":[],"leverageMap":{"ETH":25,"BTC":40,"SOL":15,"kPEPE":0.5},"defaultLeverage":10,"defaultLongCrypto":"ETH","defaultShortCrypto":"BTC"}""",
            advanced);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TrySaveAsync_SettingsThatRestOnAnotherVersion_AreNotStored(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var settings = new SqlSettingsRepository(place.Trading);

        Assert.False(await settings.TrySaveAsync(Defaults() with { Version = 1 }, CancellationToken.None));
        Assert.Null(await settings.FindAsync(Address, CancellationToken.None));

        Assert.True(await settings.TrySaveAsync(Defaults(), CancellationToken.None));
        Assert.False(await settings.TrySaveAsync(Defaults(), CancellationToken.None));
        Assert.True(await settings.TrySaveAsync(Defaults() with { Version = 1 }, CancellationToken.None));
        Assert.Equal(2, (await settings.FindAsync(Address, CancellationToken.None))!.Version);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ExecuteAsync_ChangesOfTwoInstancesAtOnce_AreAllKept(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var instances = new[] { place.Trading, place.OpenAnother() }
            .Select(database => new ChangeSettings(new SqlSettingsRepository(database), Clock)).ToList();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => instances[number % 2].ExecuteAsync(
            Address, (current, _) => WithCoin(current, $"C{number}"), VersionCondition.None, CancellationToken.None)));

        var found = await new SqlSettingsRepository(place.Trading).FindAsync(Address, CancellationToken.None);
        Assert.Equal(20, found!.Version);
        Assert.Equal(20, found.Advanced.LeverageMap.Keys.Count(coin => coin.StartsWith('C')));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task FindAsync_TheRowOfAFirstLogin_IsCompletedAndKeptAsItIs(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        await InsertAsync(place, FirstLoginTarget, FirstLoginSettings);

        var found = (await new SqlSettingsRepository(place.Trading).FindAsync(Address, CancellationToken.None))!;

        Assert.Equal(new DailyTarget(1, 2, 10, 2), found.DailyTarget);
        Assert.Equal((2.5m, 0.5m, 5m, "BTC"), (found.Advanced.TakerFee, found.Advanced.StreakThreshold, found.Advanced.LossThreshold, found.Advanced.DefaultLongCrypto));
        Assert.Equal([new TimePeriod(new LocalTime(9, 0), new LocalTime(10, 0), string.Empty)], found.Advanced.PreferredTradingTimes);
        Assert.Empty(found.Advanced.LeverageMap);
        Assert.Equal(UserZone.FromOffset(0, "UTC"), found.Zone);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task FindAsync_ARowThatLacksFields_IsCompletedFromTheDefaults(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        await InsertAsync(place, """{"targetPercentage":"7.5","minimumTrades":null}""", """{"takerFee":0.03}""");

        var found = (await new SqlSettingsRepository(place.Trading).FindAsync(Address, CancellationToken.None))!;

        Assert.Equal(DailyTarget.Default with { TargetPercentage = 7.5m }, found.DailyTarget);
        Assert.Equivalent(AdvancedSettings.Default with { TakerFee = 0.03m }, found.Advanced, strict: true);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TrySaveAsync_FieldsThatAreNotOurs_Stay_AndTheOldNamesGo(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        await InsertAsync(
            place, """{"targetPercentage":1,"note":"keep me"}""", """{"avoidedTimes":[{"start":"22:00","end":"06:00"}],"colours":{"up":"green"}}""");
        var settings = new SqlSettingsRepository(place.Trading);

        await settings.TrySaveAsync((await settings.FindAsync(Address, CancellationToken.None))! with { UpdatedAt = Now }, CancellationToken.None);

        var target = JsonNode.Parse((await place.QueryAsync<string>("SELECT daily_target FROM user_settings")).Single())!;
        var advanced = JsonNode.Parse((await place.QueryAsync<string>("SELECT advanced_settings FROM user_settings")).Single())!.AsObject();
        Assert.Equal("keep me", (string?)target["note"]);
        Assert.Equal("green", (string?)advanced["colours"]!["up"]);
        Assert.Equal("""[{"start":"22:00","end":"06:00"}]""", advanced["avoidedTradingTimes"]!.ToJsonString());
        Assert.False(advanced.ContainsKey("avoidedTimes"));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task FindAsync_WhatCannotBeRead_IsNamedAndLeftAsItIs(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var settings = new SqlSettingsRepository(place.Trading);
        foreach (var (target, advanced, what) in new[]
        {
            ("{", "{}", "daily target"),
            ("null", "{}", "daily target"),
            ("{}", "\"text\"", "advanced settings"),
            ("{}", """{"takerFee":"much"}""", "advanced settings"),
            ("{}", """{"preferredTimes":[{"start":"25:00","end":"10:00"}]}""", "advanced settings"),
            ("{}", """{"preferredTimes":[{"end":"10:00"}]}""", "advanced settings"),
            ("{}", """{"preferredTimes":[null]}""", "advanced settings"),
        })
        {
            await place.Trading.ExecuteAsync("DELETE FROM user_settings", null, CancellationToken.None);
            await InsertAsync(place, target, advanced);

            var exception = await Assert.ThrowsAsync<UnreadableDataException>(() => settings.FindAsync(Address, CancellationToken.None));

            Assert.Equal(what, exception.What);
            Assert.Equal([target], await place.QueryAsync<string>("SELECT daily_target FROM user_settings"));
            Assert.Equal([advanced], await place.QueryAsync<string>("SELECT advanced_settings FROM user_settings"));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task FindAsync_TheZone_IsTheOneThatWasStored(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var settings = new SqlSettingsRepository(place.Trading);
        var version = 0;
        foreach (var zone in new[] { null, UserZone.FromOffset(0), UserZone.FromOffset(-3.5m, "Newfoundland"), UserZone.FromId("Europe/Berlin") })
        {
            Assert.True(await settings.TrySaveAsync(Defaults() with { Zone = zone, Version = version++ }, CancellationToken.None));

            Assert.Equal(zone, (await settings.FindAsync(Address, CancellationToken.None))!.Zone);
        }

        await place.Trading.ExecuteAsync("UPDATE user_settings SET timezone_id = 'Mars/Olympus'", null, CancellationToken.None);
        Assert.Equal(1m, (await settings.FindAsync(Address, CancellationToken.None))!.Zone!.OffsetAt(Now));
    }

    private static UserSettings Defaults() => UserSettings.DefaultOf(Address) with { UpdatedAt = Now };

    private static UserSettings WithCoin(UserSettings settings, string coin) => settings with
    {
        Advanced = settings.Advanced with
        {
            LeverageMap = settings.Advanced.LeverageMap.Append(KeyValuePair.Create(coin, 5m)).ToDictionary(),
        },
    };

    private static Task<int> InsertAsync(TestPlace place, string target, string advanced) => place.Trading.ExecuteAsync(
        """
        INSERT INTO user_settings (user_address, daily_target, advanced_settings, timezone_offset, timezone_name, created_at, updated_at, version)
        VALUES (@Address, @Target, @Advanced, 0, 'UTC', 1, 1, 1)
        """,
        new { Address = Address.ToString(), Target = target, Advanced = advanced },
        CancellationToken.None);
}

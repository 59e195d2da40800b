using TraderHub.Core.Platform;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Links;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Data.Sql;
using TraderHub.Data.Trading.Links;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Trading;

public sealed class TelegramLinksTests
{
    private static readonly WalletAddress Address = WalletAddress.Parse("0x00000000000000000000000000000000000000a1");

    private readonly ManualClock clock = new("2026-11-20T12:31:00Z");

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task LinkAsync_ByACode_LinksOneChat_WhichMaySendItAgain(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var links = new SqlTelegramLinks(place.Trading, clock);
        var code = await AddCodeAsync(links);

        Assert.Equal(Address.ToString(), (await links.LinkAsync("-7", $" {code.ToLowerInvariant()} ", default)).Value);
        Assert.Equal(Address.ToString(), (await links.LinkAsync("-7", code, default)).Value);
        Assert.Equal("LINK_CODE_NOT_VALID", (await links.LinkAsync("8", code, default)).Error?.Code);
        Assert.Equal(["-7"], await LinkedAsync(place));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task LinkAsync_OfAnOldOrReplacedCode_IsRefused(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var links = new SqlTelegramLinks(place.Trading, clock);
        var replaced = await AddCodeAsync(links);
        var old = await AddCodeAsync(links);
        clock.Advance(TimeSpan.FromMinutes(10));

        Assert.NotNull((await links.LinkAsync("1", replaced, default)).Error);
        Assert.NotNull((await links.LinkAsync("1", old, default)).Error);
        Assert.Empty(await LinkedAsync(place));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task LinkAsync_AfterFiveWrongCodes_ComparesNothing_InThatChatAlone(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var links = new SqlTelegramLinks(place.Trading, clock);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("LINK_CODE_NOT_VALID", (await links.LinkAsync("1", i == 0 ? "!" : "AAAAAAAA", default)).Error?.Code);
        }

        var code = await AddCodeAsync(links);
        Assert.Equal("LINK_LOCKED", (await links.LinkAsync("1", code, default)).Error?.Code);
        Assert.Null((await links.LinkAsync("2", code, default)).Error);

        clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Null((await links.LinkAsync("1", await AddCodeAsync(links), default)).Error);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task MoveAsync_AndRemoveAsync_FollowTheChat(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var links = new SqlTelegramLinks(place.Trading, clock);
        await links.LinkAsync("-1", await AddCodeAsync(links), default);

        await links.MoveAsync("-1", "-100", default);
        await links.MoveAsync("-1", "-100", default);
        Assert.Equal(["-100"], await LinkedAsync(place));

        await links.RemoveAsync("-100", default);
        Assert.Empty(await LinkedAsync(place));
    }

    private async Task<string> AddCodeAsync(SqlTelegramLinks links)
    {
        var code = LinkCode.Create();
        var now = clock.GetInstant();
        await links.AddAsync(SessionToken.Hash(code), Address, now, now + LinkCode.Lifetime, default);
        return code;
    }

    private static Task<IReadOnlyList<string>> LinkedAsync(TestPlace place) =>
        place.Trading.QueryAsync<string>("SELECT chat_id FROM telegram_links ORDER BY chat_id", null, default);
}

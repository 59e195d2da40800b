using NodaTime;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Data.Sql;
using TraderHub.Data.Trading.SignIn;

namespace TraderHub.Data.Tests.Trading;

public sealed class SqlSessionRepositoryTests
{
    private static readonly WalletAddress Address = WalletAddress.Parse("0x00000000000000000000000000000000000000a1");
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 9, 30);
    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task FindAddressAsync_UntilTheSessionEnds_IsItsTrader(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var sessions = new SqlSessionRepository(place.Trading);
        var hash = SessionToken.Hash("token");

        await sessions.AddAsync(hash, Address, Now, Now + Duration.FromDays(30), CancellationToken.None);

        Assert.Equal(Address, await sessions.FindAddressAsync(hash, Now + Duration.FromDays(30) - Duration.FromSeconds(1), CancellationToken.None));
        Assert.Null(await sessions.FindAddressAsync(hash, Now + Duration.FromDays(30), CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task RemoveAsync_EndsThatSessionAndNoOther(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var sessions = new SqlSessionRepository(place.Trading);
        await sessions.AddAsync("hash1", Address, Now, Now + Duration.FromDays(30), CancellationToken.None);
        await sessions.AddAsync("hash2", Address, Now, Now + Duration.FromDays(30), CancellationToken.None);

        await sessions.RemoveAsync("hash1", CancellationToken.None);
        await sessions.RemoveAsync("hash1", CancellationToken.None);

        Assert.Null(await sessions.FindAddressAsync("hash1", Now, CancellationToken.None));
        Assert.Equal(Address, await sessions.FindAddressAsync("hash2", Now, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task FindAddressAsync_AnotherToken_IsNobody(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var sessions = new SqlSessionRepository(place.Trading);
        await sessions.AddAsync(SessionToken.Hash("token"), Address, Now, Now + Duration.FromDays(30), CancellationToken.None);

        foreach (var token in new[] { "other", "' OR 1=1 --", string.Empty })
        {
            Assert.Null(await sessions.FindAddressAsync(token, Now, CancellationToken.None));
            Assert.Null(await sessions.FindAddressAsync(SessionToken.Hash(token), Now, CancellationToken.None));
        }
    }
}

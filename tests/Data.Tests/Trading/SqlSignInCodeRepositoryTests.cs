using NodaTime;
using TraderHub.Core.Trading;
using TraderHub.Data.Sql;
using TraderHub.Data.Trading.SignIn;

namespace TraderHub.Data.Tests.Trading;

public sealed class SqlSignInCodeRepositoryTests
{
    private static readonly WalletAddress Address = WalletAddress.Parse("0x00000000000000000000000000000000000000a1");
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 9, 30);
    private static readonly Instant End = Now + Duration.FromSeconds(60);
    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TryUseAsync_OfManyAtOnce_IsTrueForOne(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var codes = new SqlSignInCodeRepository(place.Trading);
        var elsewhere = new SqlSignInCodeRepository(place.OpenAnother());
        await codes.AddAsync("hash", Address, Now, End, CancellationToken.None);

        var used = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? codes : elsewhere).TryUseAsync("hash", Now, CancellationToken.None)));

        Assert.Equal(Address, Assert.Single(used, address => address is not null));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TryUseAsync_FromItsEndOn_IsNobody(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var codes = new SqlSignInCodeRepository(place.Trading);
        await codes.AddAsync("hash", Address, Now, End, CancellationToken.None);

        Assert.Null(await codes.TryUseAsync("other", Now, CancellationToken.None));
        Assert.Null(await codes.TryUseAsync("hash", End, CancellationToken.None));
        Assert.Equal(Address, await codes.TryUseAsync("hash", End - Duration.FromSeconds(1), CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task AddAsync_ForgetsWhatHasExpired(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var codes = new SqlSignInCodeRepository(place.Trading);
        await codes.AddAsync("old", Address, Now, End, CancellationToken.None);
        await codes.AddAsync("new", Address, End, End + Duration.FromSeconds(60), CancellationToken.None);

        Assert.Equal(["new"], await place.QueryAsync<string>("SELECT id FROM sign_in_codes"));
    }
}

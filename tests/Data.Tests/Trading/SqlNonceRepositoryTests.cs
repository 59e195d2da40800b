using NodaTime;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Data.Sql;
using TraderHub.Data.Trading.SignIn;

namespace TraderHub.Data.Tests.Trading;

public sealed class SqlNonceRepositoryTests
{
    private static readonly WalletAddress Address = WalletAddress.Parse("0x00000000000000000000000000000000000000a1");
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 9, 30);
    private static readonly SignInNonce Nonce = SignInNonce.Create(Address, SignInPurpose.Login, Now);

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TryUseAsync_Twice_SucceedsOnce(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var nonces = new SqlNonceRepository(place.Trading);
        await nonces.AddAsync(Nonce, CancellationToken.None);

        Assert.True(await nonces.TryUseAsync(Nonce, Now, CancellationToken.None));
        Assert.False(await nonces.TryUseAsync(Nonce, Now, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TryUseAsync_ByManyAtOnce_SucceedsForOne(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var nonces = new SqlNonceRepository(place.Trading);
        await nonces.AddAsync(Nonce, CancellationToken.None);

        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => nonces.TryUseAsync(Nonce, Now, CancellationToken.None)));

        Assert.Single(all, used => used);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TryUseAsync_UntilItExpires(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var nonces = new SqlNonceRepository(place.Trading);
        await nonces.AddAsync(Nonce, CancellationToken.None);

        Assert.False(await nonces.TryUseAsync(Nonce, Nonce.ExpiresAt, CancellationToken.None));
        Assert.True(await nonces.TryUseAsync(Nonce, Nonce.ExpiresAt - Duration.FromSeconds(1), CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TryUseAsync_WithAnythingElseThanWasIssued_LeavesTheNonceToItsOwner(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var nonces = new SqlNonceRepository(place.Trading);
        await nonces.AddAsync(Nonce, CancellationToken.None);

        Assert.False(await nonces.TryUseAsync(Nonce with { Value = "other" }, Now, CancellationToken.None));
        Assert.False(await nonces.TryUseAsync(Nonce with { Value = "' OR 1=1 --" }, Now, CancellationToken.None));
        Assert.False(await nonces.TryUseAsync(Nonce with { Address = WalletAddress.Parse("0x00000000000000000000000000000000000000a2") }, Now, CancellationToken.None));
        Assert.False(await nonces.TryUseAsync(Nonce with { Purpose = SignInPurpose.Erase }, Now, CancellationToken.None));
        Assert.False(await nonces.TryUseAsync(Nonce with { IssuedAt = Nonce.IssuedAt + Duration.FromSeconds(1) }, Now, CancellationToken.None));
        Assert.False(await nonces.TryUseAsync(Nonce with { ExpiresAt = Nonce.ExpiresAt + Duration.FromHours(1) }, Now, CancellationToken.None));

        Assert.True(await nonces.TryUseAsync(Nonce, Now, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task AddAsync_ForgetsWhatHasExpired(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateTradingAsync(provider);
        var nonces = new SqlNonceRepository(place.Trading);
        await nonces.AddAsync(Nonce, CancellationToken.None);

        var later = SignInNonce.Create(Address, SignInPurpose.Erase, Nonce.ExpiresAt);
        await nonces.AddAsync(later, CancellationToken.None);

        Assert.Equal(
            [$"{later.Value} {Address} erase {later.IssuedAt.ToUnixTimeSeconds()} {later.ExpiresAt.ToUnixTimeSeconds()}"],
            await place.QueryAsync<string>("SELECT nonce || ' ' || user_address || ' ' || purpose || ' ' || issued_at || ' ' || expires_at FROM auth_nonces"));
    }
}

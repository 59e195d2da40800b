using NodaTime;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Data.Trading.SignIn;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Trading;

public sealed class SqlNonceRepositoryTests : IAsyncLifetime
{
    private static readonly WalletAddress Address = WalletAddress.Parse("0x00000000000000000000000000000000000000a1");
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 9, 30);
    private static readonly SignInNonce Nonce = SignInNonce.Create(Address, SignInPurpose.Login, Now);

    private TradingStore store = null!;
    private SqlNonceRepository nonces = null!;

    public async Task InitializeAsync()
    {
        store = await TradingStore.CreateAsync(new ManualClock("2026-11-21T09:30:00Z"));
        nonces = new SqlNonceRepository(store.Database);
        await nonces.AddAsync(Nonce, CancellationToken.None);
    }

    public Task DisposeAsync() => store.DisposeAsync().AsTask();

    [Fact]
    public async Task TryUseAsync_Twice_SucceedsOnce()
    {
        Assert.True(await TryUseAsync(Nonce));
        Assert.False(await TryUseAsync(Nonce));
    }

    [Fact]
    public async Task TryUseAsync_ByManyAtOnce_SucceedsForOne()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => TryUseAsync(Nonce))));

        Assert.Single(all, used => used);
    }

    [Fact]
    public async Task TryUseAsync_UntilItExpires()
    {
        Assert.False(await nonces.TryUseAsync(Nonce, Nonce.ExpiresAt, CancellationToken.None));
        Assert.True(await nonces.TryUseAsync(Nonce, Nonce.ExpiresAt - Duration.FromSeconds(1), CancellationToken.None));
    }

    [Fact]
    public async Task TryUseAsync_WithAnythingElseThanWasIssued_LeavesTheNonceToItsOwner()
    {
        Assert.False(await TryUseAsync(Nonce with { Value = "other" }));
        Assert.False(await TryUseAsync(Nonce with { Value = "' OR 1=1 --" }));
        Assert.False(await TryUseAsync(Nonce with { Address = WalletAddress.Parse("0x00000000000000000000000000000000000000a2") }));
        Assert.False(await TryUseAsync(Nonce with { Purpose = SignInPurpose.Erase }));
        Assert.False(await TryUseAsync(Nonce with { IssuedAt = Nonce.IssuedAt + Duration.FromSeconds(1) }));
        Assert.False(await TryUseAsync(Nonce with { ExpiresAt = Nonce.ExpiresAt + Duration.FromHours(1) }));

        Assert.True(await TryUseAsync(Nonce));
    }

    [Fact]
    public async Task AddAsync_ForgetsWhatHasExpired()
    {
        var later = SignInNonce.Create(Address, SignInPurpose.Erase, Nonce.ExpiresAt);
        await nonces.AddAsync(later, CancellationToken.None);

        Assert.Equal(
            [$"{later.Value} {Address} erase {later.IssuedAt.ToUnixTimeSeconds()} {later.ExpiresAt.ToUnixTimeSeconds()}"],
            store.Query<string>("SELECT nonce || ' ' || user_address || ' ' || purpose || ' ' || issued_at || ' ' || expires_at FROM auth_nonces"));
    }

    private Task<bool> TryUseAsync(SignInNonce nonce) => nonces.TryUseAsync(nonce, Now, CancellationToken.None);
}

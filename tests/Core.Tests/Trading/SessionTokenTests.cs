using TraderHub.Core.Trading.SignIn;

namespace TraderHub.Core.Tests.Trading;

public sealed class SessionTokenTests
{
    [Fact]
    public void Create_IsUrlSafeAndNeverTheSame()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => SessionToken.Create()).ToList();

        Assert.Equal(tokens.Count, tokens.Distinct().Count());
        Assert.All(tokens, token => Assert.Matches("^[A-Za-z0-9_-]{43}$", token));
    }

    [Fact]
    public void Hash_IsTheSha256OfTheTokensText() =>
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", SessionToken.Hash("abc"));
}

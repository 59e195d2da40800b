using TraderHub.Core.Trading.SignIn;

namespace TraderHub.Core.Tests.Trading;

public sealed class SignInDomainTests
{
    [Theory]
    [InlineData("hub.example.com", "https://hub.example.com", false)]
    [InlineData("HUB.example.com:8443", "https://hub.example.com:8443", false)]
    [InlineData("10.0.0.7:7071", "https://10.0.0.7:7071", false)]
    [InlineData("localhost.example.com", "https://localhost.example.com", false)]
    [InlineData("127.0.0.1.example.com", "https://127.0.0.1.example.com", false)]
    [InlineData("localhost:7071", "http://localhost:7071", true)]
    [InlineData("127.0.0.1:7071", "http://127.0.0.1:7071", true)]
    [InlineData("[::1]:7071", "http://[::1]:7071", true)]
    public void FromText_AHost_IsTheSiteThere(string text, string address, bool isLoopback)
    {
        var domain = SignInDomain.FromText(text)!;

        Assert.Equal((address, isLoopback), (domain.Address, domain.IsLoopback));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://hub.example.com")]
    [InlineData("hub.example.com/")]
    [InlineData("hub.example.com/path")]
    [InlineData("hub.example.com?query")]
    [InlineData("hub.example.com#part")]
    [InlineData("user@hub.example.com")]
    [InlineData("hub.example.com:port")]
    [InlineData("hub example")]
    [InlineData("hub.example.com\nother")]
    [InlineData("127.1")]
    public void FromText_AnythingElse_IsNone(string? text) => Assert.Null(SignInDomain.FromText(text));
}

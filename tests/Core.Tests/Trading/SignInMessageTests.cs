using NodaTime;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.SignIn;

namespace TraderHub.Core.Tests.Trading;

public sealed class SignInMessageTests
{
    private const string Address = "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf";

    private const string Text =
        "hub.example.com wants you to sign in with your Ethereum account:\n"
        + "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf\n"
        + "\n"
        + "Sign in to TraderHub.\n"
        + "\n"
        + "URI: https://hub.example.com\n"
        + "Version: 1\n"
        + "Chain ID: 1\n"
        + "Nonce: 0123456789abcdef0123456789abcdef\n"
        + "Issued At: 2026-11-21T09:40:00Z\n"
        + "Expiration Time: 2026-11-21T09:45:00Z";

    private static readonly SignInMessage Message = SignInMessage.For(
        new SignInNonce(
            "0123456789abcdef0123456789abcdef",
            WalletAddress.Parse(Address),
            SignInPurpose.Login,
            Instant.FromUtc(2026, 11, 21, 9, 40),
            Instant.FromUtc(2026, 11, 21, 9, 45)),
        Address,
        SignInDomain.FromText("hub.example.com")!);

    [Fact]
    public void ToString_IsTheFormOfEip4361() => Assert.Equal(Text, Message.ToString());

    [Fact]
    public void Parse_WhatWasWritten_IsTheSameMessage() => Assert.Equal(Message, SignInMessage.Parse(Text));

    [Theory]
    [InlineData("hub.example.com wants", "https://hub.example.com wants")]
    [InlineData("wants you", "wants  you")]
    [InlineData("account:\n", "account:\r\n")]
    [InlineData("0x7E5F", "0X7E5F")]
    [InlineData("Sign in to TraderHub.\n", "Sign in to TraderHub.\n\n")]
    [InlineData("Sign in to TraderHub.", "Sign in to\u2028TraderHub.")]
    [InlineData("Version: 1", "Version: 2")]
    [InlineData("Version: 1", "version: 1")]
    [InlineData("Chain ID: 1", "Chain ID: 0x1")]
    [InlineData("Chain ID: 1\n", "")]
    [InlineData("Nonce: 0", "Nonce: '0")]
    [InlineData("09:40:00Z", "09:40:00.000Z")]
    [InlineData("09:40:00Z", "09:40:00+00:00")]
    [InlineData("2026-11-21T09:40:00Z", "2026-11-20T24:00:00Z")]
    [InlineData("09:45:00Z", "09:45:00Z\n")]
    [InlineData("09:45:00Z", "09:45:00Z\nNot Before: 2026-11-21T09:40:00Z")]
    [InlineData("09:45:00Z", "09:45:00Z\nResources:\n- https://hub.example.com")]
    [InlineData("\nExpiration Time: 2026-11-21T09:45:00Z", "")]
    public void Parse_AnyOtherForm_IsNoMessage(string part, string changed)
    {
        Assert.Contains(part, Text, StringComparison.Ordinal);

        Assert.Null(SignInMessage.Parse(Text.Replace(part, changed, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("\n\n\n\n\n\n\n\n\n\n")]
    public void Parse_NoMessageAtAll_IsNone(string text) => Assert.Null(SignInMessage.Parse(text));
}

using System.Globalization;
using System.Net;
using System.Numerics;

namespace TraderHub.Functions.Tests.Trading;

/// <summary>Ways to get a session that is not one's own. Most come with a good signature: what was signed is what is wrong.</summary>
public sealed class SignInAttackTests : IAsyncLifetime
{
    private static readonly BigInteger Order =
        BigInteger.Parse("0fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static readonly Dictionary<string, Func<string, string>> Forgeries = new()
    {
        ["the mirror image (n - s, other v)"] = MirrorImage,
        ["n - s with the same v"] = signature => MirrorImage(signature)[..^2] + signature[^2..],
        ["the other v"] = signature => signature[..^2] + OtherV(signature),
        ["v = 29"] = signature => signature[..^2] + "1d",
        ["64 bytes"] = signature => signature[..^2],
        ["64 bytes of EIP-2098"] = signature => signature[..66] + "f" + signature[67..^2],
        ["132 bytes"] = signature => signature + signature[2..] + "0000",
        ["as long as a contract wallet's"] = signature => signature + new string('0', 640) + "6492649264926492649264926492649264926492649264926492649264926492",
        ["r = 0"] = signature => "0x" + new string('0', 64) + signature[66..],
        ["s = 0"] = signature => signature[..66] + new string('0', 64) + signature[^2..],
        ["all zero"] = signature => "0x" + new string('0', signature.Length - 2),
        ["no hexadecimal digits"] = signature => signature[..^2] + "zz",
        ["without 0x"] = signature => signature[2..],
        ["empty"] = _ => string.Empty,
        ["SQL"] = _ => "' OR 1=1; DELETE FROM user_sessions; --",
        ["ten thousand digits"] = signature => signature + new string('0', 10_000),
    };

    private TestHost host = null!;
    private WalletClient trader = null!;
    private WalletClient thief = null!;

    public static TheoryData<string> ForgeryNames => new(Forgeries.Keys);

    public async Task InitializeAsync()
    {
        host = await TestHost.StartAsync(("Auth:Domain", "hub.example.com"));
        trader = new WalletClient(host, key: 1);
        thief = new WalletClient(host, key: 2);
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task Replayed_TheSecondTimeIsRefused()
    {
        var message = await trader.AskForMessageAsync();
        var signature = trader.Wallet.Sign(message);
        Assert.Equal(HttpStatusCode.OK, (await trader.SendAsync(message, signature)).StatusCode);

        await AssertRefusedAsync("NONCE_NOT_VALID", trader.SendAsync(message, signature), sessions: 1);
    }

    [Fact]
    public async Task SentManyTimesAtOnce_OneOfThemWins()
    {
        var message = await trader.AskForMessageAsync();
        var signature = trader.Wallet.Sign(message);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => trader.SendAsync(message, signature)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(9, (await Task.WhenAll(answers.Where(answer => !answer.IsSuccessStatusCode).Select(answer => answer.ProblemCodeAsync()))).Count(code => code == "NONCE_NOT_VALID"));
        Assert.Equal([1L], host.Query<long>("SELECT COUNT(*) FROM user_sessions"));
    }

    [Fact]
    public async Task Expired_IsRefused()
    {
        var message = await trader.AskForMessageAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(5));

        await AssertRefusedAsync("MESSAGE_EXPIRED", trader.SignAndSendAsync(message));
    }

    [Fact]
    public async Task SignedByAnother_IsRefused()
    {
        var message = await trader.AskForMessageAsync();

        await AssertRefusedAsync("SIGNATURE_NOT_VALID", thief.SignAndSendAsync(message));
    }

    [Fact]
    public async Task AnothersNonce_InAMessageForOnesOwnAddress_IsRefusedAndLeftToItsOwner()
    {
        var message = await trader.AskForMessageAsync();
        var own = (await thief.AskForMessageAsync()).Split('\n')[1];

        await AssertRefusedAsync("NONCE_NOT_VALID", thief.SignAndSendAsync(message.Replace(message.Split('\n')[1], own, StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.OK, (await trader.SignAndSendAsync(message)).StatusCode);
    }

    [Fact]
    public async Task SignedToErase_SignsNobodyIn()
    {
        var message = await trader.AskForMessageAsync("erase");

        Assert.Contains("\nErase everything that TraderHub has stored for this account. This cannot be undone.\n", message, StringComparison.Ordinal);
        await AssertRefusedAsync("WRONG_PURPOSE", trader.SignAndSendAsync(message));
        await AssertRefusedAsync(
            "NONCE_NOT_VALID",
            trader.SignAndSendAsync(message.Replace(message.Split('\n')[3], "Sign in to TraderHub.", StringComparison.Ordinal)));
    }

    /// <summary>The trader was brought to sign it, on another site perhaps: the signature is good.</summary>
    [Theory]
    [InlineData("hub.example.com", "evil.example", 401, "WRONG_DOMAIN")]
    [InlineData("hub.example.com wants", "evil.example wants", 401, "WRONG_DOMAIN")]
    [InlineData("hub.example.com wants", "hub.example.com:8443 wants", 401, "WRONG_DOMAIN")]
    [InlineData("https://hub.example.com", "https://evil.example", 401, "WRONG_DOMAIN")]
    [InlineData("https://hub.example.com", "http://hub.example.com", 401, "WRONG_DOMAIN")]
    [InlineData("Chain ID: 1", "Chain ID: 137", 401, "WRONG_CHAIN")]
    [InlineData("Chain ID: 1", "Chain ID: 01", 401, "WRONG_CHAIN")]
    [InlineData("Sign in to TraderHub.", "Sign in to TraderHub!", 400, "MESSAGE_NOT_VALID")]
    [InlineData("Version: 1", "Version: 2", 400, "MESSAGE_NOT_VALID")]
    [InlineData("0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf", "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf", 400, "MESSAGE_NOT_VALID")]
    [InlineData("\n", "\r\n", 400, "MESSAGE_NOT_VALID")]
    [InlineData("09:45:00Z", "09:45:00Z\nResources:\n- https://evil.example", 400, "MESSAGE_NOT_VALID")]
    [InlineData("Issued At: 2026-11-21T09:40:00Z", "Issued At: 2026-11-21T09:42:00Z", 400, "MESSAGE_NOT_VALID")]
    [InlineData("Issued At: 2026-11-21T09:40:00Z", "Issued At: 2026-11-21T09:39:00Z", 401, "NONCE_NOT_VALID")]
    [InlineData("Expiration Time: 2026-11-21T09:45:00Z", "Expiration Time: 2027-11-21T09:45:00Z", 401, "NONCE_NOT_VALID")]
    [InlineData("Nonce: ", "Nonce: 0", 401, "NONCE_NOT_VALID")]
    [InlineData("Nonce: ", "Nonce: ' OR 1=1 --", 400, "MESSAGE_NOT_VALID")]
    public async Task Changed_AndSignedLikeThat_IsRefused(string part, string changed, int status, string code)
    {
        var message = await trader.AskForMessageAsync();
        Assert.Contains(part, message, StringComparison.Ordinal);

        await AssertRefusedAsync(code, trader.SignAndSendAsync(message.Replace(part, changed, StringComparison.Ordinal)), (HttpStatusCode)status);
    }

    [Fact]
    public async Task Changed_AfterItWasSigned_IsRefused()
    {
        var signature = trader.Wallet.Sign(await trader.AskForMessageAsync());

        await AssertRefusedAsync("SIGNATURE_NOT_VALID", trader.SendAsync(await trader.AskForMessageAsync(), signature));
    }

    [Theory]
    [MemberData(nameof(ForgeryNames))]
    public async Task Forged_TheSignatureIsRefusedAndTheMessageStaysGood(string forgery)
    {
        var message = await trader.AskForMessageAsync();
        var signature = trader.Wallet.Sign(message);

        var refusal = await AssertRefusedAsync("SIGNATURE_NOT_VALID", trader.SendAsync(message, Forgeries[forgery](signature)));

        Assert.Contains("Contract wallets (EIP-1271, EIP-6492)", refusal, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await trader.SendAsync(message, signature)).StatusCode);
    }

    [Fact]
    public async Task WrittenWithTheOtherV_AsSomeWalletsDo_IsTheSameSignature()
    {
        var message = await trader.AskForMessageAsync();
        var signature = trader.Wallet.Sign(message);

        Assert.Equal(HttpStatusCode.OK, (await trader.SendAsync(message, signature[..^2] + (signature.EndsWith("1b", StringComparison.Ordinal) ? "00" : "01"))).StatusCode);
    }

    [Theory]
    [InlineData("'; DROP TABLE user_sessions; --")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task NoMessageOfOurs_IsRefused(string message) =>
        await AssertRefusedAsync("MESSAGE_NOT_VALID", trader.SignAndSendAsync(message), HttpStatusCode.BadRequest);

    [Fact]
    public async Task HugeFields_AreRefused()
    {
        var huge = new string('a', 10_000);
        var message = await trader.AskForMessageAsync();

        await AssertRefusedAsync("MESSAGE_NOT_VALID", trader.SendAsync(huge, "0x"), HttpStatusCode.BadRequest);
        await AssertRefusedAsync("WRONG_DOMAIN", trader.SignAndSendAsync(message.Replace("hub.example.com wants", $"{huge} wants", StringComparison.Ordinal)));
        await AssertRefusedAsync("BODY_TOO_LARGE", trader.SendAsync(huge + huge, "0x"), HttpStatusCode.RequestEntityTooLarge);
        await AssertRefusedAsync(
            "VALIDATION_FAILED", host.SendAsync(HttpMethod.Post, "/api/auth/nonce", $$"""{"address":"{{huge}}"}"""), HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("https://evil.example", 403)]
    [InlineData("https://hub.example.com.evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("https://hub.example.com", 200)]
    public async Task SentByAPage_OfAnotherSite_IsRefused(string origin, int status)
    {
        var message = await trader.AskForMessageAsync();

        var response = await trader.SendAsync(message, trader.Wallet.Sign(message), ("Origin", origin));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 200, response.Headers.Contains("Set-Cookie"));
    }

    private static string MirrorImage(string signature)
    {
        var s = BigInteger.Parse($"0{signature[66..130]}", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var digits = (Order - s).ToString("x64", CultureInfo.InvariantCulture);
        return signature[..66] + digits[^64..] + OtherV(signature);
    }

    private static string OtherV(string signature) => signature.EndsWith("1b", StringComparison.Ordinal) ? "1c" : "1b";

    /// <summary>Checks that nobody was signed in; what the refusal says is returned.</summary>
    private async Task<string> AssertRefusedAsync(
        string code, Task<HttpResponseMessage> request, HttpStatusCode status = HttpStatusCode.Unauthorized, int sessions = 0)
    {
        var response = await request;
        Assert.Equal((code, status), (await response.ProblemCodeAsync(), response.StatusCode));
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Equal(status == HttpStatusCode.Unauthorized, response.Headers.WwwAuthenticate.Count > 0);
        Assert.Equal([(long)sessions], host.Query<long>("SELECT COUNT(*) FROM user_sessions"));
        return (await response.JsonAsync()).GetProperty("detail").GetString()!;
    }
}

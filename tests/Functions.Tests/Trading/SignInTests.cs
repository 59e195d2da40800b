using System.Net;
using TraderHub.Core.Trading.SignIn;

namespace TraderHub.Functions.Tests.Trading;

public sealed class SignInTests : IAsyncLifetime
{
    private TestHost host = null!;
    private WalletClient trader = null!;

    public async Task InitializeAsync()
    {
        host = await TestHost.StartAsync();
        trader = new WalletClient(host, key: 1);
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task IssueNonce_IsAMessageForTheRequestsHost()
    {
        var response = await host.SendAsync(HttpMethod.Post, "/api/auth/nonce", """{"address":"0x7e5f4552091a69125d5dfcb7b8c2659029395bdf"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = await response.JsonAsync();
        var nonce = answer.GetProperty("nonce").GetString();
        var site = host.Http.BaseAddress!.Authority;
        Assert.Matches("^[0-9a-f]{32}$", nonce);
        Assert.Equal("2026-11-21T09:45:00.000Z", answer.GetProperty("expiresAt").GetString());
        Assert.Equal(
            $"""
            {site} wants you to sign in with your Ethereum account:
            0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf

            Sign in to TraderHub.

            URI: http://{site}
            Version: 1
            Chain ID: 1
            Nonce: {nonce}
            Issued At: 2026-11-21T09:40:00Z
            Expiration Time: 2026-11-21T09:45:00Z
            """,
            answer.GetProperty("message").GetString());
    }

    [Fact]
    public async Task SignInTrader_EveryAttempt_IsInTheAuditLog()
    {
        var message = await trader.AskForMessageAsync();
        await trader.SendAsync(message, "0x00");
        await trader.SignAndSendAsync(message);

        Assert.Equal(
            ["unknown sign-in SIGNATURE_NOT_VALID", $"{trader.Wallet.Address} sign-in done"],
            host.Query<string>("SELECT actor || ' ' || action || ' ' || outcome FROM audit_log ORDER BY id"));
    }

    [Fact]
    [Trait("Case", "A3")]
    public async Task SignInTrader_AfterTenWrongSignatures_RefusesWrongOnesWithAWait_AndTakesTheRightOne()
    {
        var message = await trader.AskForMessageAsync();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await trader.SendAsync(message, $"0x{i:x2}")).StatusCode);
        }

        var refused = await trader.SendAsync(message, "0xff");
        Assert.Equal("TOO_MANY_ATTEMPTS", await refused.ProblemCodeAsync());
        Assert.Equal(301, refused.Headers.RetryAfter?.Delta?.TotalSeconds);

        Assert.Equal(HttpStatusCode.OK, (await trader.SignAndSendAsync(await trader.AskForMessageAsync())).StatusCode);
    }

    [Fact]
    public async Task SignInTrader_TheWalletsSignature_BeginsASession()
    {
        var response = await trader.SignAndSendAsync(await trader.AskForMessageAsync());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = await response.JsonAsync();
        var token = answer.GetProperty("token").GetString()!;
        Assert.Equal("0x7e5f4552091a69125d5dfcb7b8c2659029395bdf", answer.GetProperty("address").GetString());
        Assert.Equal("2026-12-21T09:40:00.000Z", answer.GetProperty("expiresAt").GetString());
        Assert.Equal(
            $"hyper-trader-session={token}; max-age=2592000; path=/; samesite=lax; httponly", response.Headers.GetValues("Set-Cookie").Single());
        Assert.Equal([SessionToken.Hash(token)], host.Query<string>("SELECT id FROM user_sessions"));
        Assert.Empty(host.Query<string>("SELECT nonce FROM auth_nonces"));
        Assert.NotEqual(HttpStatusCode.Unauthorized, (await GetBalanceAsync(token)).StatusCode);
    }

    [Fact]
    public async Task SignInTrader_AsAForm_IsTheSame()
    {
        var message = await trader.AskForMessageAsync();
        using var form = new FormUrlEncodedContent([new("message", message), new("signature", trader.Wallet.Sign(message))]);

        Assert.Equal(HttpStatusCode.OK, (await host.Http.PostAsync("/api/auth/login", form)).StatusCode);
    }

    [Fact]
    public async Task SignInTrader_InTheLastSecondOfTheMessage_Succeeds()
    {
        var message = await trader.AskForMessageAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(299));

        Assert.Equal(HttpStatusCode.OK, (await trader.SignAndSendAsync(message)).StatusCode);
    }

    [Fact]
    public async Task SignOutTrader_EndsThatSessionAndNoOther()
    {
        var token = await trader.SignInAsync();
        var elsewhere = await trader.SignInAsync();
        var ofAnother = await new WalletClient(host, key: 2).SignInAsync();

        var response = await host.SendAsync(HttpMethod.Post, "/api/auth/logout", null, ("Authorization", $"Bearer {token}"));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.StartsWith("hyper-trader-session=; max-age=0; path=/;", response.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        Assert.Equal("SESSION_NOT_VALID", await (await GetBalanceAsync(token)).ProblemCodeAsync());
        Assert.NotEqual(HttpStatusCode.Unauthorized, (await GetBalanceAsync(elsewhere)).StatusCode);
        Assert.NotEqual(HttpStatusCode.Unauthorized, (await GetBalanceAsync(ofAnother)).StatusCode);
    }

    [Fact]
    public async Task SignOutTrader_Twice_Is401()
    {
        var token = await trader.SignInAsync();

        await host.SendAsync(HttpMethod.Post, "/api/auth/logout", null, ("Authorization", $"Bearer {token}"));
        var again = await host.SendAsync(HttpMethod.Post, "/api/auth/logout", null, ("Authorization", $"Bearer {token}"));

        Assert.Equal("SESSION_NOT_VALID", await again.ProblemCodeAsync());
        Assert.False(again.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("{}", "address")]
    [InlineData("""{"address":"0x12","purpose":"rob"}""", "address,purpose")]
    [InlineData("""{"address":"0x7e5f4552091a69125d5dfcb7b8c2659029395bdf","purpose":""}""", "purpose")]
    [InlineData("""{"address":"' OR 1=1 --","purpose":"'; DROP TABLE user_sessions; --"}""", "address,purpose")]
    [InlineData("""{"address":7,"chain":1}""", "address,chain")]
    public async Task IssueNonce_WhatIsNoWallet_IsRefusedFieldByField(string body, string fields)
    {
        var response = await host.SendAsync(HttpMethod.Post, "/api/auth/nonce", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(fields.Split(','), (await response.JsonAsync()).GetProperty("errors").EnumerateObject().Select(field => field.Name));
        Assert.Empty(host.Query<string>("SELECT nonce FROM auth_nonces"));
    }

    [Theory]
    [InlineData("{}", "message,signature")]
    [InlineData("""{"message":null,"signature":1}""", "message,signature")]
    [InlineData("""{"message":"\ud800","signature":"0x"}""", "message")]
    public async Task SignInTrader_WithoutItsFields_IsRefusedFieldByField(string body, string fields)
    {
        var response = await host.SendAsync(HttpMethod.Post, "/api/auth/login", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(fields.Split(','), (await response.JsonAsync()).GetProperty("errors").EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task NoTokenNonceOrSignature_IsEverInALog()
    {
        var message = await trader.AskForMessageAsync();
        var signature = trader.Wallet.Sign(message);
        var token = (await (await trader.SendAsync(message, signature)).JsonAsync()).GetProperty("token").GetString()!;
        await trader.SendAsync(message, signature);
        await host.SendAsync(HttpMethod.Post, "/api/auth/logout", null, ("Authorization", $"Bearer {token}"));

        Assert.DoesNotContain(host.Log.Lines, line =>
            line.Contains(token, StringComparison.Ordinal) || line.Contains(signature, StringComparison.Ordinal) || line.Contains("Nonce:", StringComparison.Ordinal));
    }

    private Task<HttpResponseMessage> GetBalanceAsync(string token) =>
        host.SendAsync(HttpMethod.Get, "/api/balance", null, ("Authorization", $"Bearer {token}"));
}

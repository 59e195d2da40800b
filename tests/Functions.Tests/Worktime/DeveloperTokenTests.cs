using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Tests.Worktime;

/// <summary>Which tokens let a developer in.</summary>
public sealed class DeveloperTokenTests : IAsyncLifetime
{
    private TestHost host = null!;
    private string token = null!;

    public async Task InitializeAsync()
    {
        host = await TestHost.StartAsync(new TestHostOptions
        {
            Settings = [("Auth:FailedAttemptsPer5Minutes", "1000")],
            FunctionClasses = [typeof(Door), typeof(UnknownRouteFunctions)],
        });
        token = await host.SignInDeveloperAsync();
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task AToken_SaysWhoseItIsFromWhomAndForHowLong()
    {
        var claims = ForgedToken.ClaimsOf(token);

        Assert.Equal(
            ["iss", "aud", "sub", "iat", "exp", "jti", "family", "userId", "githubUserId"], claims.Select(claim => claim.Key));
        Assert.Equal("1", (string?)claims["sub"]);
        Assert.Equal(1, (int)claims["userId"]!);
        Assert.Equal("583231", (string?)claims["githubUserId"]);
        Assert.Equal(3600, (long)claims["exp"]! - (long)claims["iat"]!);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(token)).StatusCode);
    }

    [Fact]
    public async Task AToken_SignedByHandWithTheSameSecret_IsTheSame() => Assert.Equal(HttpStatusCode.OK, (await SendAsync(ForgedToken.From(token))).StatusCode);

    [Theory]
    [InlineData("""{"alg":"none","typ":"JWT"}""")]
    [InlineData("""{"alg":"None","typ":"JWT"}""")]
    [InlineData("""{"typ":"JWT"}""")]
    [InlineData("""{"alg":"HS512","typ":"JWT"}""")]
    [InlineData("""{"alg":"RS256","typ":"JWT"}""")]
    [InlineData("""{"alg":"hs256","typ":"JWT"}""")]
    [InlineData("""{"alg":["HS256"],"typ":"JWT"}""")]
    [InlineData("""{"alg":"HS256","typ":"at+jwt"}""")]
    [InlineData("{")]
    [InlineData("")]
    public async Task AToken_WithAnotherHeader_IsRefused(string header) => await AssertRefusedAsync(ForgedToken.From(token, header));

    [Fact]
    public async Task AToken_WithoutASignature_IsRefused()
    {
        var claims = ForgedToken.ClaimsOf(token).ToJsonString();

        foreach (var header in new[] { """{"alg":"none"}""", """{"alg":"NONE","typ":"JWT"}""", ForgedToken.Header })
        {
            await AssertRefusedAsync(ForgedToken.Sign(header, claims, _ => []));
        }
    }

    [Fact]
    public async Task AToken_OfAnotherAlgorithmThatIsSignedAsItSays_IsRefused()
    {
        var claims = ForgedToken.ClaimsOf(token).ToJsonString();
        var secret = Encoding.UTF8.GetBytes(TestHost.JwtSecret);
        using var rsa = RSA.Create(2048);

        await AssertRefusedAsync(ForgedToken.Sign("""{"alg":"HS512","typ":"JWT"}""", claims, bytes => HMACSHA512.HashData(secret, bytes)));
        await AssertRefusedAsync(ForgedToken.Sign("""{"alg":"HS384","typ":"JWT"}""", claims, bytes => HMACSHA384.HashData(secret, bytes)));
        await AssertRefusedAsync(ForgedToken.Sign(
            """{"alg":"RS256","typ":"JWT"}""", claims, bytes => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
    }

    [Fact]
    public async Task AToken_OfAnotherNumberOfParts_IsRefused()
    {
        var parts = token.Split('.');

        foreach (var other in new[] { $"{parts[0]}.{parts[1]}", $"{token}.{parts[2]}", $"{token}.{parts[2]}.{parts[2]}", $"{token}....", ".", "..", "...." })
        {
            await AssertRefusedAsync(other);
        }

        await AssertRefusedAsync($"{token}.{new string('a', 10_000)}");
        await AssertRefusedAsync("eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4Q0JDLUhTMjU2IiwiemlwIjoiREVGIn0..AAAAAAAAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA");
    }

    [Fact]
    public async Task AToken_OfAnotherKeyIssuerOrAudience_IsRefused()
    {
        await AssertRefusedAsync(ForgedToken.From(token, key: "another secret that is as long as the right one is"));
        await AssertRefusedAsync(ForgedToken.From(token, change: claims => claims["iss"] = "somebody else"));
        await AssertRefusedAsync(ForgedToken.From(token, change: claims => claims["aud"] = "somebody else"));
        await AssertRefusedAsync(ForgedToken.From(token, change: claims => claims.Remove("iss")));
        await AssertRefusedAsync(ForgedToken.From(token, change: claims => claims.Remove("aud")));
    }

    [Fact]
    public async Task AToken_WithClaimsThatAreNotOurs_IsRefused()
    {
        foreach (var claim in new[] { "exp", "jti", "family", "userId", "githubUserId" })
        {
            await AssertRefusedAsync(ForgedToken.From(token, change: claims => claims.Remove(claim)));
        }

        await AssertRefusedAsync(ForgedToken.From(token, change: claims => claims["userId"] = "1"));
        await AssertRefusedAsync(ForgedToken.From(token, change: claims => claims["exp"] = long.MaxValue));
    }

    [Fact]
    public async Task AToken_ChangedInAnyPart_IsRefused()
    {
        var parts = token.Split('.');
        var claims = ForgedToken.From(token, change: claims => claims["userId"] = 2).Split('.');

        await AssertRefusedAsync($"{parts[0]}.{claims[1]}.{parts[2]}");
        for (var i = 0; i < token.Length; i += 13)
        {
            // The last characters of a part may carry bits that no byte has.
            var other = token[i] == 'A' ? 'B' : 'A';
            if (token[i] != '.' && (i + 1 == token.Length || token[i + 1] != '.'))
            {
                await AssertRefusedAsync($"{token[..i]}{other}{token[(i + 1)..]}");
            }
        }
    }

    [Fact]
    public async Task AToken_IsGoodForAnHour()
    {
        host.Clock.Advance(TimeSpan.FromSeconds(3599));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(token)).StatusCode);

        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var expired = await SendAsync(token);
        Assert.Equal(HttpStatusCode.Unauthorized, expired.StatusCode);
        Assert.Equal("TOKEN_EXPIRED", await expired.ProblemCodeAsync());
    }

    [Fact]
    public async Task AToken_ForAnotherDeveloperThanItsSignInIs_IsRefused()
    {
        await host.SignInDeveloperAsync(gitHubUserId: 2);

        var response = await SendAsync(ForgedToken.From(token, change: claims => claims["userId"] = 2));

        Assert.Equal("SIGN_IN_ENDED", await response.ProblemCodeAsync());
    }

    [Fact]
    public async Task ATokenThatHasExpired_SentOftenOrByMany_LocksNobodyOut()
    {
        host.Clock.Advance(TimeSpan.FromHours(2));
        for (var i = 0; i < 12; i++)
        {
            await SendAsync(ForgedToken.From(token, change: claims => claims["jti"] = $"{i}"));
        }

        Assert.Equal("API_KEY_NOT_VALID", await (await host.SendAsync(HttpMethod.Get, "/door", null, ("X-API-Key", "wrong"))).ProblemCodeAsync());
    }

    private async Task AssertRefusedAsync(string other)
    {
        var response = await SendAsync(other);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("TOKEN_NOT_VALID", await response.ProblemCodeAsync());
    }

    private Task<HttpResponseMessage> SendAsync(string bearer) => host.SendAsync(HttpMethod.Get, "/door", null, ("Authorization", $"Bearer {bearer}"));

    public sealed class Door
    {
        [Function("Door")]
        [Access(Caller.Developer)]
        public IResult Enter([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "door")] HttpRequest request) => Results.Text($"{request.Developer()}");
    }
}

using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace TraderHub.Data.Tests.KeyValue;

/// <summary>How the client proves who asks; Azurite takes the account's key alone, so the other two are looked at on their way out.</summary>
public sealed class TableProofTests
{
    [Fact]
    public async Task AToken_IsSentAsBearerForTheStorageScope()
    {
        var token = new Token();
        using var requests = new Requests();

        await new TableClient(new Uri("https://account.table.core.windows.net"), "things", token, requests.Options).CreateIfNotExistsAsync();

        Assert.Equal(["https://storage.azure.com/.default"], token.Scopes);
        Assert.Equal("Bearer the-token", requests.Seen!.Headers.Authorization!.ToString());
        Assert.Equal("https://account.table.core.windows.net/Tables", requests.Seen.RequestUri!.ToString());
    }

    [Fact]
    public async Task ASharedAccessSignature_IsInTheAddress()
    {
        using var requests = new Requests();

        await new TableClient("TableEndpoint=https://account.table.core.windows.net/;SharedAccessSignature=sv=2019&sig=a%2Fb", "things", requests.Options)
            .CreateIfNotExistsAsync();

        Assert.Contains("sv=2019&sig=a%2Fb", requests.Seen!.RequestUri!.Query, StringComparison.Ordinal);
        Assert.Null(requests.Seen.Headers.Authorization);
    }

    [Fact]
    public async Task AnAccountsKey_SignsTheRequest()
    {
        using var requests = new Requests();

        await new TableClient("DefaultEndpointsProtocol=https;AccountName=account;AccountKey=a2V5", "things", requests.Options).CreateIfNotExistsAsync();

        Assert.StartsWith("SharedKeyLite account:", requests.Seen!.Headers.Authorization!.ToString(), StringComparison.Ordinal);
        Assert.Equal("account.table.core.windows.net", requests.Seen.RequestUri!.Host);
    }

    [Fact]
    public void CreateQueryFilter_AQuote_StaysInsideItsValue() =>
        Assert.Equal("Name eq 'it''s' and Number gt 5L", TableClient.CreateQueryFilter($"Name eq {"it's"} and Number gt {5L}"));

    private sealed class Token : TokenCredential
    {
        public IReadOnlyList<string> Scopes { get; private set; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes = requestContext.Scopes;
            return new AccessToken("the-token", TimeProvider.System.GetUtcNow().AddHours(1));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }

    private sealed class Requests : HttpMessageHandler
    {
        public HttpRequestMessage? Seen { get; private set; }

        public TableClientOptions Options => new() { Transport = new HttpClientTransport(new HttpClient(this)) };

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Seen = request;
            return Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.NoContent) { RequestMessage = request });
        }
    }
}

using System.Net.Http.Json;
using TraderHub.Functions.Trading;

namespace TraderHub.LocalHost.Demo;

/// <summary>The trader of the demo, signed in.</summary>
/// <param name="Address">The trader's wallet.</param>
/// <param name="Token">The token of the session.</param>
internal sealed record DemoTrader(string Address, string Token)
{
    /// <summary>Signs in as any client would: over HTTP, with a message that the wallet signs.</summary>
    public static async Task<DemoTrader> SignInAsync(Uri host, DemoWallet wallet, CancellationToken cancellationToken)
    {
        // The host is this process: whatever proxy the machine has is not between.
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = host };
        var nonce = await PostAsync<NonceRequest, NonceAnswer>(http, "api/auth/nonce", new() { Address = wallet.Address.ToString() }, cancellationToken);
        var login = await PostAsync<LoginRequest, LoginAnswer>(
            http, "api/auth/login", new() { Message = nonce.Message, Signature = wallet.Sign(nonce.Message) }, cancellationToken);
        return new(login.Address, login.Token);
    }

    private static async Task<TAnswer> PostAsync<TRequest, TAnswer>(HttpClient http, string path, TRequest request, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync(path, request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<TAnswer>(cancellationToken))!;
    }
}

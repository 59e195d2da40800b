using System.Text.Json;
using TraderHub.LocalHost.Demo;

namespace TraderHub.Functions.Tests.Trading;

/// <summary>Somebody with a wallet of a known key.</summary>
internal sealed class WalletClient(TestHost host, int key)
{
    public DemoWallet Wallet { get; } = DemoWallet.FromKey($"{key:x64}")!;

    /// <summary>Asks for a message to sign.</summary>
    public async Task<string> AskForMessageAsync(string purpose = "login")
    {
        var response = await host.SendAsync(HttpMethod.Post, "/api/auth/nonce", Json(new { address = Wallet.Address.ToString(), purpose }));
        return (await response.JsonAsync()).GetProperty("message").GetString()!;
    }

    /// <summary>Signs a message, which may be any, and sends it.</summary>
    public Task<HttpResponseMessage> SignAndSendAsync(string message) => SendAsync(message, Wallet.Sign(message));

    /// <summary>Sends a message with a signature, which may be any.</summary>
    public Task<HttpResponseMessage> SendAsync(string message, string signature, params (string Name, string Value)[] headers) =>
        host.SendAsync(HttpMethod.Post, "/api/auth/login", Json(new { message, signature }), headers);

    /// <summary>Signs in as one should; the token is returned.</summary>
    public async Task<string> SignInAsync()
    {
        var response = await SignAndSendAsync(await AskForMessageAsync());
        return (await response.JsonAsync()).GetProperty("token").GetString()!;
    }

    private static string Json<T>(T body) => JsonSerializer.Serialize(body);
}

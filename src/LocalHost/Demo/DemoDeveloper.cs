using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using TraderHub.LocalHost.Demo.Simulated;

namespace TraderHub.LocalHost.Demo;

/// <summary>The developer of the demo, signed in; always the same one.</summary>
/// <param name="Id">The developer's number here.</param>
/// <param name="Name">The developer's name at the simulated GitHub.</param>
/// <param name="Token">The token of the sign-in.</param>
internal sealed record DemoDeveloper(long Id, string Name, string Token)
{
    /// <summary>Signs in as a browser's extension would: with a code of GitHub's, which it proves to have asked for (PKCE).</summary>
    public static async Task<DemoDeveloper> SignInAsync(Uri host, Uri gitHub, CancellationToken cancellationToken)
    {
        // Both are this process: whatever proxy the machine has is not between.
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        var verifier = RandomNumberGenerator.GetHexString(64);
        var code = await AskForCodeAsync(http, host, gitHub, verifier, cancellationToken);
        using var content = new StringContent(
            new JsonObject { ["code"] = code, ["codeVerifier"] = verifier }.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(host, "auth/github/callback"), content, cancellationToken);
        response.EnsureSuccessStatusCode();
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        var user = answer.RootElement.GetProperty("user");
        return new(
            user.GetProperty("user_id").GetInt64(), user.GetProperty("github_username").GetString()!, answer.RootElement.GetProperty("token").GetString()!);
    }

    private static async Task<string> AskForCodeAsync(HttpClient http, Uri host, Uri gitHub, string verifier, CancellationToken cancellationToken)
    {
        var address = QueryHelpers.AddQueryString(
            new Uri(gitHub, "login/oauth/authorize").ToString(),
            new Dictionary<string, string?>
            {
                ["client_id"] = SimulatedGitHub.ClientId,
                ["redirect_uri"] = new Uri(host, "auth/github/callback").ToString(),
                ["state"] = RandomNumberGenerator.GetHexString(32),
                ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
                ["code_challenge_method"] = "S256",
            });
        using var response = await http.GetAsync(new Uri(address), cancellationToken);
        return QueryHelpers.ParseQuery(response.Headers.Location?.Query)["code"].ToString();
    }
}

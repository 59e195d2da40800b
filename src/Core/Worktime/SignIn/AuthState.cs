using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace TraderHub.Core.Worktime.SignIn;

/// <summary>A sign-in that a browser has begun and GitHub has not answered yet (rule G4).</summary>
/// <param name="State">The secret that goes to GitHub and comes back, and that the browser has in a cookie.</param>
/// <param name="CodeVerifier">The secret that stays here until the code is exchanged (PKCE).</param>
/// <param name="RedirectUri">Where GitHub sends the browser back to.</param>
/// <param name="ExpiresAt">When it is no longer good.</param>
public sealed record AuthState(string State, string CodeVerifier, string RedirectUri, Instant ExpiresAt)
{
    /// <summary>What GitHub is told of the verifier: its SHA-256 (S256).</summary>
    public string CodeChallenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(CodeVerifier)));
}

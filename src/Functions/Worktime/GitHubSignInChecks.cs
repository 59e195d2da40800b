using System.Buffers;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Worktime;

/// <summary>What the fields of a sign-in with a code must be.</summary>
internal static class GitHubSignInChecks
{
    private const int LongestCode = 512;

    private const int ShortestVerifier = 43;

    private const int LongestVerifier = 128;

    private static readonly SearchValues<char> OfVerifiers =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>Every problem of the fields; null when there is none.</summary>
    public static Error? FindProblem(GitHubSignIn fields, Func<string, bool> mayRedirectTo)
    {
        var errors = new FieldErrors();
        if (string.IsNullOrWhiteSpace(fields.Code) || fields.Code.Length > LongestCode)
        {
            errors.Add("code", $"must be the code that GitHub gave, of 1 to {LongestCode} characters.");
        }

        if (fields.CodeVerifier is { } verifier
            && (verifier.Length is < ShortestVerifier or > LongestVerifier || verifier.AsSpan().ContainsAnyExcept(OfVerifiers)))
        {
            errors.Add("codeVerifier", $"must have {ShortestVerifier} to {LongestVerifier} letters, digits and -._~");
        }

        if (fields.RedirectUri is { } address && !mayRedirectTo(address))
        {
            errors.Add("redirectUri", "must be an address of this site or of an allowed origin. An operator can allow one with the setting Auth:AllowedOrigins.");
        }

        return errors.IsEmpty ? null : errors.ToError();
    }
}

using Microsoft.AspNetCore.Http;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Worktime;

/// <summary>What GitHub sends a browser back with. It may say more than this server knows, so other parameters are no problem.</summary>
/// <param name="Code">The code.</param>
/// <param name="State">What GitHub was given.</param>
internal sealed record GitHubReturn(string Code, string State)
{
    private const int Longest = 512;

    /// <summary>Reads the parameters; the refusal when they are no code with its state.</summary>
    public static Result<GitHubReturn> Read(IQueryCollection query)
    {
        if (query["error"].ToString() is { Length: > 0 } error)
        {
            var word = error.Length <= Longest && error.All(character => char.IsAsciiLetterLower(character) || character == '_') ? error : "unknown";
            return new Error(ErrorKind.Invalid, "GITHUB_REFUSED", $"GitHub did not sign you in ({word}). Begin again at /auth/github/login.")
            {
                Details = new Dictionary<string, string> { ["error"] = word },
            };
        }

        var errors = new FieldErrors();
        foreach (var name in new[] { "code", "state" })
        {
            if (query[name] is not [{ Length: > 0 and <= Longest }])
            {
                errors.Add(name, "must be there once, as GitHub sends it.");
            }
        }

        return errors.IsEmpty ? new GitHubReturn(query["code"]!, query["state"]!) : errors.ToError();
    }
}

using TraderHub.Data.Platform;

namespace TraderHub.Functions.Http;

/// <summary>An API key: programs send it in <c>X-API-Key</c>.</summary>
/// <param name="Name">What it is called in logs and the audit.</param>
/// <param name="Sha256">The SHA-256 of the key, in hexadecimal; the key itself is nowhere here.</param>
/// <param name="Scopes">What it may do.</param>
public sealed record ApiKey(string Name, string Sha256, IReadOnlySet<string> Scopes);

/// <summary>Who is let in, beside those with a session.</summary>
/// <param name="AdminToken">The operator's secret; null closes what needs it.</param>
/// <param name="AllowedOrigins">The exact web origins whose pages may call the API.</param>
/// <param name="ApiKeys">The keys of programs.</param>
/// <param name="FailedAttempts">How many failed attempts one address has in five minutes.</param>
public sealed record AuthOptions(
    string? AdminToken, IReadOnlySet<string> AllowedOrigins, IReadOnlyList<ApiKey> ApiKeys, int FailedAttempts)
{
    private const int ShortestToken = 32;

    private const int Sha256Digits = 64;

    private const int LongestName = 64;

    /// <summary>What the audit calls other callers; a trader is called by an address and a developer by a number, which no name looks like.</summary>
    private static readonly HashSet<string> TakenNames = new(["operator", "unknown", "developer"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the settings of the section <c>Auth</c>.</summary>
    public static AuthOptions Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(
            settings.Secret("Auth:AdminToken", ShortestToken),
            settings.Origins("Auth:AllowedOrigins"),
            ReadKeys(settings),
            settings.WholeNumber("Auth:FailedAttemptsPer5Minutes", 10, 1, 1_000_000));
    }

    /// <summary>Answers to repeated requests and rows of the audit belong to a caller's name, so no two callers may have one.</summary>
    private static List<ApiKey> ReadKeys(SettingsReader settings)
    {
        var keys = settings.List("Auth:ApiKeys", (reader, section) => (Section: section, Key: ReadKey(reader, section)));
        foreach (var (section, key) in keys.Except(keys.DistinctBy(entry => entry.Key.Name, StringComparer.OrdinalIgnoreCase)))
        {
            settings.Report($"{section}:Name", $"is '{key.Name}', which another key has", "reports-2");
        }

        foreach (var (section, key) in keys.Except(keys.DistinctBy(entry => entry.Key.Sha256)))
        {
            settings.Report($"{section}:Sha256", $"is that of another key, so '{key.Name}' would never be used", "the hash of a key of its own");
        }

        return keys.Select(entry => entry.Key).ToList();
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName
        && char.IsAsciiLetter(text[0])
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.')
        && !TakenNames.Contains(text);

    private static ApiKey ReadKey(SettingsReader settings, string section)
    {
        var name = settings.Text($"{section}:Name", string.Empty);
        if (!IsName(name))
        {
            settings.Report(
                $"{section}:Name",
                $"is '{name}', which is no name for a key: 1 to {LongestName} of the characters A-Z a-z 0-9 . _ -, a letter first, and not {string.Join(" or ", TakenNames)}",
                "reports");
        }

        var hash = settings.Text($"{section}:Sha256", string.Empty).ToLowerInvariant();
        if (hash.Length != Sha256Digits || !hash.All(char.IsAsciiHexDigit))
        {
            settings.Report($"{section}:Sha256", "is not a SHA-256 in hexadecimal", "the output of: printf %s 'the key' | sha256sum");
        }

        var scopes = settings.Text($"{section}:Scopes", string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (scopes.Length == 0 || scopes.Except(Http.Scopes.All).Any())
        {
            settings.Report($"{section}:Scopes", $"must be a comma list of {string.Join(", ", Http.Scopes.All)}", Http.Scopes.JobsRead);
        }

        return new ApiKey(name, hash, scopes.ToHashSet(StringComparer.Ordinal));
    }
}

using System.Security.Cryptography;
using NodaTime;
using TraderHub.Core.Trading.SignIn;

namespace TraderHub.Core.Trading.Links;

/// <summary>The code by which a trader links a Telegram chat: eight letters and digits that are not taken for each other.</summary>
public static class LinkCode
{
    /// <summary>How long a code is good for.</summary>
    public static readonly Duration Lifetime = Duration.FromMinutes(10);

    private const int Length = 8;

    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>A new code.</summary>
    public static string Create() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>The hash of a code as a person typed it; null when it cannot be one.</summary>
    public static string? HashOf(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var code = typed.Trim().ToUpperInvariant();
        return code.Length == Length && code.All(Alphabet.Contains) ? SessionToken.Hash(code) : null;
    }
}

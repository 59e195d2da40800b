namespace TraderHub.Core.Signals.Migration;

/// <summary>Keys that a chat's id ends.</summary>
internal static class ChatKeys
{
    /// <summary>Whether a key is a prefix and an id.</summary>
    public static bool Owns(string prefix, string key) => key.StartsWith(prefix, StringComparison.Ordinal) && ChatId.IsValid(key[prefix.Length..]);
}

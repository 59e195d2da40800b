namespace TraderHub.Core.Migration.Entities;

/// <summary>What a key of the key-value store is to the engine. Every key is one of these, so that none can be left behind unseen (rule M23).</summary>
public enum KeyClass
{
    /// <summary>A record that moves.</summary>
    Entity,

    /// <summary>A record that older versions of the origin wrote and none reads: it is reported, and stays.</summary>
    Legacy,

    /// <summary>A record that lives in the key-value store for good.</summary>
    NotMigrated,

    /// <summary>The engine's own.</summary>
    Engine,

    /// <summary>Anything else: it is reported, and stays.</summary>
    Unknown,
}

/// <summary>Tells what keys are.</summary>
public static class KeyClasses
{
    private const string EnginePrefix = "~";

    /// <summary>One position and one trade for all chats, from before each chat had its own.</summary>
    private static readonly HashSet<string> Legacy = new(["active_position", "last_trade"], StringComparer.Ordinal);

    /// <summary>Tokens that end by themselves, which nothing asks for in any other way than by their key.</summary>
    private static readonly string[] NotMigrated = ["github_token:"];

    /// <summary>What a key is.</summary>
    /// <param name="key">The key.</param>
    /// <param name="entities">All that moves, of every group.</param>
    public static KeyClass Of(string key, IEnumerable<IEntity> entities)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.StartsWith(EnginePrefix, StringComparison.Ordinal) ? KeyClass.Engine
            : Legacy.Contains(key) ? KeyClass.Legacy
            : NotMigrated.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal)) ? KeyClass.NotMigrated
            : entities.Any(entity => entity.Owns(key)) ? KeyClass.Entity
            : KeyClass.Unknown;
    }
}

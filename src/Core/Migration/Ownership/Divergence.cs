using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Ownership;

/// <summary>What is said when SQL has lost writes that the key-value store has.</summary>
internal static class Divergence
{
    public static string ReasonOf(ManagedKey key) =>
        $"'{key.Name}' is newer in the key-value store than in SQL, which owns it: SQL has lost writes. 'migration retry {key.Group.Name}' takes the key-value store's.";

    public static Error ToError(string group, string reason) =>
        new(ErrorKind.Unavailable, "GROUP_FROZEN", $"The records of '{group}' are read-only until an operator has looked at them: {reason}");
}

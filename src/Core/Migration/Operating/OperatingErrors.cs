using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Operating;

/// <summary>Why something that an operator asks for is not done.</summary>
public static class OperatingErrors
{
    /// <summary>There is no such group.</summary>
    public static Error UnknownGroup(string name, IEnumerable<string> groups) =>
        new(ErrorKind.NotFound, "GROUP_NOT_FOUND", $"There is no group '{name}'; the groups are: {string.Join(", ", groups)}.");

    /// <summary>A run was ended from outside.</summary>
    public static Error RunEnded(RunFencedException exception) =>
        new(ErrorKind.Conflict, "RUN_ENDED", $"{exception?.Message} What it had done stays done; it goes on there the next time.");

    internal static Error Paused(string group) =>
        new(ErrorKind.Conflict, "GROUP_PAUSED", $"'{group}' is paused. 'migration resume' lets it go on.");

    internal static Error NothingToCopy(string group, Stage stage) =>
        new(ErrorKind.Conflict, "NOTHING_TO_COPY", $"'{group}' is in stage {stage.ToText()}: SQL alone has its records, and nothing is copied to it.");

    internal static Error NotInError(string key) =>
        new(ErrorKind.Conflict, "KEY_NOT_IN_ERROR", $"'{key}' is not among the keys that cannot be read; only those are put aside. 'migration status' lists them.");

    /// <summary>It is a key that does not move.</summary>
    public static Error NobodysKey(string key) => new(ErrorKind.NotFound, "KEY_NOT_FOUND", $"'{key}' is a key of no group.");
}

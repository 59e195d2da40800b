using TraderHub.Data.Jobs;

namespace TraderHub.Data.Sql.Migrations;

/// <summary>
/// The steps that migrations name: what they have to work out and SQL cannot. A step runs in the transaction of its file, and like the file it is never
/// changed once it is out.
/// </summary>
internal static class MigrationSteps
{
    private static readonly Dictionary<string, Func<ModuleDatabase, CancellationToken, Task>> All = new()
    {
        ["business-dates"] = BusinessDatesStep.RunAsync,
    };

    /// <summary>The step of a name.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static Func<ModuleDatabase, CancellationToken, Task> Get(string name) =>
        All.TryGetValue(name, out var step) ? step : throw new FormatException($"There is no migration step '{name}'.");
}

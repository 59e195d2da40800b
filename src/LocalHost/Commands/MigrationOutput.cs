using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using TraderHub.Core.Migration.Runs;
using TraderHub.Functions.Migration;

namespace TraderHub.LocalHost.Commands;

/// <summary>Writes what the <c>migration</c> commands answer.</summary>
internal static class MigrationOutput
{
    /// <summary>What only SQL knows, while it does not answer.</summary>
    private const string Unknown = "-";

    /// <summary>What was done, a group in a line, and every key that somebody has to look at.</summary>
    public static void Write(IReadOnlyList<OperationAnswer> answers, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(answers, MigrationJson.Default.IReadOnlyListOperationAnswer));
            return;
        }

        foreach (var answer in answers)
        {
            (answer.Status == "refused" ? Console.Error : Console.Out).WriteLine(answer.Summary);
            foreach (var key in answer.Keys)
            {
                Console.WriteLine($"  {key.Key}\t{key.Class}");
            }
        }
    }

    /// <summary>How the groups stand.</summary>
    public static void Write(GroupsAnswer status, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(status, MigrationJson.Default.GroupsAnswer));
            return;
        }

        var table = new Table().AddColumns("group", "stage", "keys", "KV/SQL own", "errors", "aside", "last run", "verified");
        foreach (var group in status.Groups)
        {
            table.AddRow([.. CellsOf(group).Select(Markup.Escape)]);
        }

        AnsiConsole.Write(table);
        foreach (var group in status.Groups)
        {
            Remark(group);
        }
    }

    private static IEnumerable<string> CellsOf(GroupAnswer group)
    {
        var stage = group.Stage;
        yield return group.Group;
        yield return stage.Stage == "sql" ? string.Create(CultureInfo.InvariantCulture, $"sql {stage.Percent} %") : stage.Stage;
        yield return Text(group.Keys?.Known);
        yield return group.Keys is { } keys ? string.Create(CultureInfo.InvariantCulture, $"{keys.OwnedByKv}/{keys.OwnedBySql}") : Unknown;
        yield return Text(group.Keys?.Error);
        yield return Text(group.Keys?.Quarantined);
        yield return group.Runs is not [var run, ..] ? "-" : run.Status == RunStatus.Completed.ToText() ? run.Kind : $"{run.Kind} {run.Status}";
        yield return group.Keys is null ? Unknown : group.LastReport is not { } report ? "never" : report.OverallSuccess ? "agrees" : "DISAGREES";
    }

    private static string Text(long? count) => count?.ToString(CultureInfo.InvariantCulture) ?? Unknown;

    private static void Remark(GroupAnswer group)
    {
        if (group.Keys is null)
        {
            var wayBack = group.Stage.Stage == "sql" ? $" 'migration rollback {group.Group} --force --reason \"SQL is gone\"' goes back without it." : string.Empty;
            Console.WriteLine($"SQL does not answer: of {group.Group} only the stage is known.{wayBack}");
        }

        if (group.Stage.FrozenBecause is { } reason)
        {
            Console.WriteLine($"{group.Group} is FROZEN: {reason}");
        }

        if (group.Stage.IsPaused)
        {
            Console.WriteLine($"{group.Group} is paused.");
        }

        foreach (var fault in group.Errors)
        {
            Console.WriteLine($"  {fault.Key}\t{fault.Reason}");
        }

        if (group.Keys?.Error > group.Errors.Count)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  and {group.Keys.Error - group.Errors.Count} more of {group.Group}, which 'migration verify {group.Group}' names"));
        }

        foreach (var one in group.Unfinished)
        {
            Console.WriteLine($"  {one.Key}\t{one.Operation} of {string.Join(", ", one.Keys)}, begun {one.BegunAt}, is not finished");
        }
    }
}

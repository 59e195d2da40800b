namespace TraderHub.Soak.Migration;

/// <summary>An operation in a stage, in which a process dies at each point.</summary>
/// <param name="Stage">Where the group is.</param>
/// <param name="Operation">What is done.</param>
/// <param name="PrepareAsync">Brings the group there.</param>
/// <param name="Command">The operation as an instance is asked for it.</param>
internal sealed record PointCase(string Stage, string Operation, Func<PreparedGroup, Task> PrepareAsync, string Command)
{
    /// <summary>All that there are.</summary>
    public static IReadOnlyList<PointCase> All { get; } = [.. Writes(), .. Sweeps(), .. Moves()];

    private static IEnumerable<PointCase> Writes()
    {
        (string Stage, Func<PreparedGroup, Task> PrepareAsync)[] stages =
        [
            ("kv", group => group.KvAsync()),
            ("copy", group => group.CopyAsync()),
            ("sql, before handover", group => group.SqlBeforeHandOverAsync()),
            ("sql, leaving", group => group.LeavingAsync()),
            ("sql", group => group.SqlAsync()),
            ("sql_only", group => group.SqlOnlyAsync()),
            ("sql_only, returning", group => group.ReturningAsync()),
        ];
        foreach (var (stage, prepare) in stages)
        {
            yield return new(stage, "write an old key", prepare, $"append {PreparedGroup.Old} 100");
            yield return new(stage, "write a new key", prepare, $"append {PreparedGroup.New} 100");
            yield return new(stage, "delete a key", prepare, $"delete {PreparedGroup.Known} 100");
        }
    }

    private static IEnumerable<PointCase> Sweeps()
    {
        (string Stage, string State, Func<PreparedGroup, Task> PrepareAsync)[] states =
        [
            ("copy", "not copied", Then(group => group.CopyAsync(), group => group.LeaveUncopiedAsync())),
            ("copy", "handback begun", Then(group => group.SqlAsync(), group => group.BreakHandBackAsync(), group => group.DoAsync("force copy"))),
            ("sql", "handback begun", Then(group => group.SqlAsync(), group => group.BreakHandBackAsync())),
            ("sql", "not copied", Then(group => group.SqlBeforeHandOverAsync(), group => group.LeaveUncopiedAsync())),
            ("sql", "handover begun", Then(group => group.SqlBeforeHandOverAsync(), group => group.BreakHandOverAsync())),
            ("sql", "not mirrored", Then(group => group.SqlAsync(), group => group.LeaveUnmirroredAsync())),
            ("sql", "written past the engine", Then(group => group.SqlAsync(), group => group.PutPastAsync(PreparedGroup.Known, "666"))),
            ("copy", "expired", Then(group => group.CopyAsync(), group => group.ExpireAsync())),
            ("sql", "expired", Then(group => group.SqlAsync(), group => group.ExpireAsync())),
            ("copy", "deleted yesterday", Then(group => group.CopyAsync(), group => group.DoAsync($"delete {PreparedGroup.Known} 7"))),
            ("sql", "deleted yesterday", Then(group => group.SqlAsync(), group => group.DoAsync($"delete {PreparedGroup.Known} 7"))),
        ];
        foreach (var (stage, state, prepare) in states)
        {
            yield return new(stage, $"sweep a key {state}", prepare, "sweep");
            yield return new(stage, $"write a key {state}", prepare, $"append {PreparedGroup.Known} 100");
        }
    }

    private static IEnumerable<PointCase> Moves() =>
    [
        new("none", "choose, with keys", group => group.PutPastAsync("execution_history:9", "9"), "stage"),
        new("none", "choose, without keys", _ => Task.CompletedTask, "stage"),
        new("kv", "to copy, and sweep", group => group.KvAsync(), "backfill"),
        new("copy", "to sql", group => group.CopyAsync(), "advance 100"),
        new("sql", "to sql_only", group => group.SqlAsync(), "leave"),
        new("sql_only", "to sql", group => group.SqlOnlyAsync(), "rollback sql"),
        new("sql_only", "to kv", group => group.SqlOnlyAsync(), "rollback kv"),
        new("sql", "to copy", group => group.SqlAsync(), "rollback copy"),
        new("sql", "to copy, by force", group => group.SqlAsync(), "force copy"),
        new("copy", "to kv", group => group.CopyAsync(), "rollback kv"),
    ];

    private static Func<PreparedGroup, Task> Then(params Func<PreparedGroup, Task>[] steps) => async group =>
    {
        foreach (var step in steps)
        {
            await step(group);
        }
    };
}

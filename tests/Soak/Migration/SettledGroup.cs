using TraderHub.Core.Migration.Verification;

namespace TraderHub.Soak.Migration;

/// <summary>
/// What comes after the last death: one process finishes what it finds. The group goes to SQL alone and back to the key-value store, and must have in both what
/// it must have.
/// </summary>
/// <param name="engine">An instance, when no other runs any more.</param>
/// <param name="findProblems">What is wrong with what a key has, for each key.</param>
internal sealed class SettledGroup(EngineInstance engine, IReadOnlyDictionary<string, Func<IReadOnlyList<string>, IEnumerable<string>>> findProblems)
{
    private const int Tries = 12;

    private readonly EngineCommands commands = new(engine);
    private readonly List<string> problems = [];

    /// <summary>What was found in each stage, in a sentence.</summary>
    public List<string> Told { get; } = [];

    /// <summary>Asks for an operation again, until it is done, and settles the group; what was wrong is returned.</summary>
    public async Task<IReadOnlyList<string>> RepeatAsync(string command)
    {
        await AskAgainAsync(command);
        return await ExecuteAsync();
    }

    /// <summary>Settles the group; what was wrong is returned.</summary>
    public async Task<IReadOnlyList<string>> ExecuteAsync()
    {
        await GoAsync("sql_only", stage => stage switch
        {
            ["kv" or "copy", ..] => "backfill",
            ["sql", "100", ..] => "leave",

            // A way back was begun: SQL alone has the group again only when that has come to its end.
            ["sql_only", ..] => "rollback sql",
            _ => "advance 100",
        });
        await GoAsync("kv", _ => "rollback kv");
        return problems;
    }

    /// <summary>A move that was done before the death cannot be made again.</summary>
    private async Task AskAgainAsync(string command)
    {
        var answer = await commands.DoAsync(command.Split(' '));
        for (var i = 1; i < Tries && answer.Error is { Code: not "NO_SUCH_MOVE" }; i++)
        {
            answer = await commands.DoAsync(command.Split(' '));
        }

        if (answer.Error is { Code: not "NO_SUCH_MOVE" } error)
        {
            problems.Add($"not done when it was asked for again: {error.Detail}");
        }
    }

    private async Task GoAsync(string wanted, Func<string[], string> next)
    {
        var stage = await FindStageAsync();
        for (var i = 0; i < Tries && (stage[0] != wanted || stage[2] != "-"); i++)
        {
            await commands.DoAsync(next(stage).Split(' '));
            if (stage[0] == "copy" && wanted == "sql_only")
            {
                await commands.DoAsync(["advance", "100"]);
            }

            stage = await FindStageAsync();
        }

        if (stage is not [var found, _, "-"] || found != wanted)
        {
            problems.Add($"it does not come to {wanted}: {string.Join(' ', stage)}");
        }

        await CheckAsync(wanted);
    }

    private async Task<string[]> FindStageAsync() => (await commands.DoAsync(["stage"])).Text.Split(' ');

    private async Task CheckAsync(string stage)
    {
        var before = problems.Count;
        foreach (var (key, find) in findProblems)
        {
            problems.AddRange(find(await engine.ReadAsync(key)).Select(problem => $"in {stage}, {problem}"));
        }

        var verified = await engine.Get<VerifyGroup>().ExecuteAsync(engine.Operated, "operator", progress: null, CancellationToken.None);
        var summary = verified.Match(report => report.Summary, error => error.Detail);
        Told.Add($"in {stage}: {problems.Count - before} operations lost, doubled or from nowhere; {summary}");
        if (verified is not { Error: null, Value.OverallSuccess: true })
        {
            problems.Add($"in {stage}, {summary} {string.Join(", ", verified.Match(report => report.Keys.Select(key => $"{key.Class}: {key.Key}"), _ => []))}");
        }
    }
}

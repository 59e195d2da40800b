using TraderHub.Core.Migration.Verification;

namespace TraderHub.Soak.Migration;

/// <summary>
/// What comes after a death: another process asks for the same operation again, until it is done; then the group goes to SQL alone and back to the key-value
/// store, and must have in both what it must have.
/// </summary>
internal sealed class SettledGroup(EngineInstance engine, IReadOnlyDictionary<string, List<string>> expected)
{
    private const int Tries = 12;

    private readonly EngineCommands commands = new(engine);
    private readonly List<string> problems = [];

    /// <summary>Settles a group, and says what was wrong.</summary>
    public async Task<IReadOnlyList<string>> ExecuteAsync(string command)
    {
        await RepeatAsync(command);
        await GoAsync("sql_only", stage => stage switch
        {
            ["kv" or "copy", ..] => "backfill",
            ["sql", "100", ..] => "leave",
            _ => "advance 100",
        });
        await GoAsync("kv", _ => "rollback kv");
        return problems;
    }

    /// <summary>A move that was done before the death cannot be made again.</summary>
    private async Task RepeatAsync(string command)
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
        for (var i = 0; i < Tries && stage[0] != wanted; i++)
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
        foreach (var (key, prices) in expected)
        {
            var found = await engine.ReadAsync(key);
            if (!found.SequenceEqual(prices))
            {
                problems.Add($"in {stage}, {key} has [{string.Join(',', found)}] instead of [{string.Join(',', prices)}]");
            }
        }

        var verified = await engine.Get<VerifyGroup>().ExecuteAsync(engine.Operated, "operator", progress: null, CancellationToken.None);
        if (verified is not { Error: null, Value.OverallSuccess: true })
        {
            problems.Add($"in {stage}, {verified.Match(report => report.Summary, error => error.Detail)}");
        }
    }
}

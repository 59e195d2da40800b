using System.Globalization;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Platform;

namespace TraderHub.Soak.Migration;

/// <summary>What an instance can be asked for in a line.</summary>
internal sealed class EngineCommands(EngineInstance engine)
{
    /// <summary>Does what a command asks for; a refusal, or a text of what came of it.</summary>
    public async Task<(Error? Error, string Text)> DoAsync(string[] command)
    {
        var request = new MoveRequest("operator");
        return command switch
        {
            ["append", var key, var price] => Said(await engine.AppendAsync(key, price), written => written.WasDoneBefore ? "before" : "now"),
            ["delete", var key, var name] => Said(await engine.DeleteAsync(key, name), written => written.WasDoneBefore ? "before" : "now"),
            ["read", var key] => (null, string.Join(',', await engine.ReadAsync(key))),
            ["stage"] => (null, Describe(await engine.Get<ChangeStage>().FindAsync(engine.Group, CancellationToken.None))),
            ["backfill"] => Said(await engine.Get<BackfillGroup>().ExecuteAsync(engine.Operated, request, new SweepOptions(), CancellationToken.None), outcome => outcome.Summary),
            ["reconcile"] => await ReconcileAsync(),
            ["sweep"] => Said(
                await engine.Get<RunSweep>().ExecuteAsync(engine.Group, RunKind.Backfill, "operator", new SweepOptions(), progress: null, CancellationToken.None), run => run.Status.ToText()),
            ["advance", var percent] => await AdvanceAsync(int.Parse(percent, CultureInfo.InvariantCulture)),
            ["leave"] => Said(await engine.Get<AdvanceGroup>().ExecuteAsync(engine.Group, Forced(request), CancellationToken.None), Describe),
            ["rollback", var stage] => Said(await engine.Get<RollBackGroup>().ExecuteAsync(engine.Group, StageNames.Parse(stage), request, CancellationToken.None), Describe),
            ["force", var stage] => Said(await engine.Get<RollBackGroup>().ExecuteAsync(engine.Group, StageNames.Parse(stage), Forced(request), CancellationToken.None), Describe),
            _ => throw new InvalidOperationException($"'{string.Join(' ', command)}' is no command."),
        };
    }

    private async Task<(Error? Error, string Text)> AdvanceAsync(int percent) =>
        Said(await engine.Get<AdvanceGroup>().ExecuteAsync(engine.Group, new MoveRequest("operator") { Percent = percent }, CancellationToken.None), Describe);

    private async Task<(Error? Error, string Text)> ReconcileAsync()
    {
        await engine.Get<ReconcileKeys>().ExecuteAsync(CancellationToken.None);
        return (null, string.Empty);
    }

    private static MoveRequest Forced(MoveRequest request) => request with { IsForced = true, Reason = "a soak has no hour" };

    private static string Describe(StageDocument document) =>
        $"{document.Stage.ToText()} {document.Percent.ToString(CultureInfo.InvariantCulture)} {(document.FrozenBecause is not null ? "frozen" : document.IsReturning ? "returning" : "-")}";

    private static (Error? Error, string Text) Said<T>(Result<T> result, Func<T, string> text)
        where T : notnull => result.Error is { } error ? (error, string.Empty) : (null, text(result.Value));
}

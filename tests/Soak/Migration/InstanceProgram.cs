using System.Globalization;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Platform;
using TraderHub.Testing;

namespace TraderHub.Soak.Migration;

/// <summary>
/// The process that is killed: an instance of the engine that does what each line of its input asks for, all at once, and says what became of it. A line is
/// a number, a verb and its words; the answer is the number, <c>ok</c> or <c>no</c>, and a text.
/// </summary>
internal sealed class InstanceProgram(EngineInstance engine, TimeProvider clock)
{
    /// <summary>How many times as fast its clock is, so that what waits for ten seconds does not.</summary>
    public const int Times = 5;

    public static async Task<int> RunAsync(string folder, string start)
    {
        var clock = new FastClock(Times, DateTimeOffset.Parse(start, CultureInfo.InvariantCulture));
        await using var engine = EngineInstance.On(SharedPlace.OptionsOf(folder), clock);
        using var stop = new CancellationTokenSource();
        var program = new InstanceProgram(engine, clock);
        var beating = program.BeatAsync(stop.Token);
        await program.ServeAsync();
        await stop.CancelAsync();
        await beating;
        return 0;
    }

    private async Task ServeAsync()
    {
        using var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        var working = new List<Task>();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            working.RemoveAll(task => task.IsCompletedSuccessfully);
            working.Add(Task.Run(async () => await output.WriteLineAsync(await AnswerAsync(line.Split(' ')))));
        }

        await Task.WhenAll(working);
    }

    private async Task<string> AnswerAsync(string[] words)
    {
        var (number, command) = (words[0], words[1..]);
        try
        {
            var (error, text) = await DoAsync(command);
            return error is null ? $"{number} ok {text}" : $"{number} no {error.Code} {error.Detail.ReplaceLineEndings(" ")}";
        }
        catch (Exception exception) when (exception is KeyValueException or StorageException or RunFencedException)
        {
            return $"{number} no {exception.GetType().Name} {exception.Message.ReplaceLineEndings(" ")}";
        }
    }

    private async Task<(Error? Error, string Text)> DoAsync(string[] command)
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

    private async Task BeatAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await engine.Get<Instances>().BeatAsync(stop);
            }
            catch (Exception exception) when (exception is KeyValueException or OperationCanceledException)
            {
                // The next one tells that this instance lives.
            }

            await Task.Delay(Instances.Interval, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static MoveRequest Forced(MoveRequest request) => request with { IsForced = true, Reason = "a soak has no hour" };

    private static string Describe(StageDocument document) =>
        $"{document.Stage.ToText()} {document.Percent.ToString(CultureInfo.InvariantCulture)} {(document.FrozenBecause is null ? "-" : "frozen")}";

    private static (Error? Error, string Text) Said<T>(Result<T> result, Func<T, string> text)
        where T : notnull => result.Error is { } error ? (error, string.Empty) : (null, text(result.Value));
}

using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Tests.Migration.Model;

namespace TraderHub.Soak.Migration;

/// <summary>
/// The operator: moves the group to SQL alone and back to the key-value store, again and again, and begins again what a process took to its grave.
/// </summary>
internal sealed class WholeWays(Fleet fleet, Dice dice, TimeProvider clock)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(200);

    private bool isForward = true;

    /// <summary>How often the group came to SQL alone.</summary>
    public int There { get; private set; }

    /// <summary>How often it came back to the key-value store.</summary>
    public int Back { get; private set; }

    /// <summary>Goes on until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await StepAsync(stop);
            if (dice.Next(12) == 0)
            {
                isForward = !isForward;
            }
        }
    }

    private async Task StepAsync(CancellationToken stop)
    {
        var (stage, percent) = await FindStageAsync(stop);
        (There, Back, isForward) = (stage, isForward) switch
        {
            (Stage.SqlOnly, true) => (There + 1, Back, false),
            (Stage.Kv, false) => (There, Back + 1, true),
            _ => (There, Back, isForward),
        };
        if (await fleet.OperateAsync(isForward ? Forward(stage, percent) : Backward(stage)) is not { IsDone: true })
        {
            await Task.Delay(BetweenTries, clock, CancellationToken.None);
        }
        else if (isForward && stage == Stage.Copy)
        {
            await fleet.OperateAsync("advance 1");
        }
    }

    private static string Forward(Stage stage, int percent) => (stage, percent) switch
    {
        (Stage.Kv or Stage.Copy, _) => "backfill",
        (_, < 10) => "advance 10",
        (_, < 100) => "advance 100",
        _ => "leave",
    };

    /// <summary>By one stage or the whole way; sometimes as if SQL were down.</summary>
    private string Backward(Stage stage) =>
        $"{(dice.Next(4) == 0 ? "force" : "rollback")} {(dice.Next(2) == 0 ? Stage.Kv : stage - 1).ToText()}";

    private async Task<(Stage Stage, int Percent)> FindStageAsync(CancellationToken stop)
    {
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            if (await fleet.OperateAsync("stage") is { IsDone: true } answer && answer.Text.Split(' ') is [var stage, var percent, var state])
            {
                return state != "frozen"
                    ? (StageNames.Parse(stage)!.Value, int.Parse(percent, System.Globalization.CultureInfo.InvariantCulture))
                    : throw new InvalidOperationException("The group is frozen: SQL has lost writes that the key-value store has.");
            }

            await Task.Delay(BetweenTries, clock, CancellationToken.None);
        }
    }
}

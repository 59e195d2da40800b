using System.Globalization;
using NodaTime;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Platform;

namespace TraderHub.LocalHost.Commands;

/// <summary>Waits for a run that is in the way and silent: it may have died on another machine, which nobody here can see.</summary>
internal static class RunWait
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Waits, counting down, until the run has ended, has given a sign of life, or has been silent for so long that it is taken for dead.</summary>
    public static async Task UntilItIsSeenAsync(OperatedGroup group, bool isQuiet, CancellationToken cancellationToken)
    {
        if (await FindAsync(group, cancellationToken) is { } run && LeftOf(run) > Duration.Zero)
        {
            await LongRun.ShowAsync(() => Describe(group, run), isQuiet, WaitAsync(group, run, cancellationToken));
        }
    }

    private static async Task WaitAsync(OperatedGroup group, MigrationRun run, CancellationToken cancellationToken)
    {
        while (LeftOf(run) > Duration.Zero
            && await FindAsync(group, cancellationToken) is { } now
            && now.Id == run.Id
            && now.UpdatedAt == run.UpdatedAt)
        {
            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>The run that is in the way; null when there is none.</summary>
    private static async Task<MigrationRun?> FindAsync(OperatedGroup group, CancellationToken cancellationToken)
    {
        try
        {
            return await group.Group.Runs.ListAsync(group.Name, 1, cancellationToken) is [{ Status: RunStatus.Running, StartedBy: not MigrationRun.ByItself } run]
                && !group.Group.Runs.IsGone(run)
                    ? run
                    : null;
        }
        catch (StorageException)
        {
            // Whether the command goes without SQL is its own affair.
            return null;
        }
    }

    private static (string Title, double Share) Describe(OperatedGroup group, MigrationRun run)
    {
        var left = Duration.Max(LeftOf(run), Duration.Zero);
        var title = string.Create(CultureInfo.InvariantCulture, $"A run of '{group.Name}' is silent: dead in {left.TotalSeconds:0} s");
        return (title, 1 - (left / RunSweep.LivesFor));
    }

    private static Duration LeftOf(MigrationRun run) => run.UpdatedAt + RunSweep.LivesFor - TimeProvider.System.GetInstant();
}

using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Operating;

/// <summary>Has the engine leave a group alone, and go on later. Reads and writes of its records go on as before.</summary>
public sealed class PauseGroup(ChangeStage changeStage, TimeProvider clock)
{
    /// <summary>Pauses a group; a run that is under way ends at its checkpoint.</summary>
    /// <exception cref="KeyValueException">The key-value store does not answer.</exception>
    /// <exception cref="StorageException">SQL does not answer.</exception>
    public async Task<Result<Outcome>> PauseAsync(OperatedGroup operated, MoveRequest request, CancellationToken cancellationToken)
    {
        var paused = await SetAsync(operated, request, isPaused: true, cancellationToken);
        if (paused.Error is not null)
        {
            return paused;
        }

        var newest = await operated.Group.Runs.ListAsync(operated.Name, 1, cancellationToken);
        if (newest is [{ Status: RunStatus.Running } run])
        {
            await operated.Group.Runs.TryCancelAsync(run.Id, clock.GetInstant(), cancellationToken);
        }

        return paused;
    }

    /// <summary>Lets a group go on.</summary>
    /// <exception cref="KeyValueException">The key-value store does not answer.</exception>
    /// <exception cref="StorageException">SQL does not answer.</exception>
    public Task<Result<Outcome>> ResumeAsync(OperatedGroup operated, MoveRequest request, CancellationToken cancellationToken) =>
        SetAsync(operated, request, isPaused: false, cancellationToken);

    private async Task<Result<Outcome>> SetAsync(OperatedGroup operated, MoveRequest request, bool isPaused, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operated);
        var seen = await changeStage.FindAsync(operated.Group, cancellationToken);
        if (seen.IsPaused == isPaused)
        {
            return new Outcome($"{operated.Name} {(isPaused ? "is" : "was not")} paused{(isPaused ? " already" : string.Empty)}") { Stage = seen };
        }

        var changed = await changeStage.ExecuteAsync(operated.Group, seen, document => document with { IsPaused = isPaused }, request, cancellationToken);
        return changed.Match<Result<Outcome>>(
            stage => new Outcome($"{operated.Name} {(isPaused ? "is paused" : "goes on")}") { Stage = stage }, refusal => refusal);
    }
}

using System.Globalization;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Migration.Verification;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Operating;

/// <summary>Copies a group to SQL; one that is still in stage kv enters stage copy first. A bad record costs only itself, and is named.</summary>
public sealed class BackfillGroup(AdvanceGroup advance, RunSweep runs, TryOutBackfill tryOut, StageDocuments stages)
{
    /// <summary>Copies a group.</summary>
    /// <param name="operated">The group.</param>
    /// <param name="request">Who asks.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends it; another run goes on there.</param>
    /// <exception cref="KeyValueException">The key-value store cannot be listed.</exception>
    /// <exception cref="StorageException">SQL does not answer.</exception>
    /// <exception cref="RunFencedException">It was ended from outside.</exception>
    public async Task<Result<Outcome>> ExecuteAsync(OperatedGroup operated, MoveRequest request, SweepOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operated);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        var stage = await stages.FindOrChooseAsync(operated.Group, cancellationToken);
        if (stage.IsSqlOnly)
        {
            return OperatingErrors.NothingToCopy(operated.Name, stage.Stage);
        }

        if (stage.IsPaused)
        {
            return OperatingErrors.Paused(operated.Name);
        }

        if (stage.Stage == Stage.Kv)
        {
            var entered = await advance.EnterCopyAsync(operated.Group, stage, request, cancellationToken);
            if (entered.Error is { } refusal)
            {
                return refusal;
            }
        }

        var run = await runs.ExecuteAsync(operated.Group, RunKind.Backfill, request.Who, options, request.Progress, cancellationToken);
        return run.Error is { } busy ? busy : await ReportAsync(operated, run.Value, cancellationToken);
    }

    /// <summary>What copying a group would do: everything is read and parsed, and nothing is written.</summary>
    /// <exception cref="KeyValueException">The key-value store cannot be listed.</exception>
    /// <exception cref="StorageException">SQL does not answer.</exception>
    public async Task<Result<Outcome>> TryOutAsync(OperatedGroup operated, MoveRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operated);
        var stage = await stages.FindOrChooseAsync(operated.Group, cancellationToken);
        return stage.IsSqlOnly ? OperatingErrors.NothingToCopy(operated.Name, stage.Stage) : await tryOut.ExecuteAsync(operated.Group, request, cancellationToken);
    }

    private async Task<Outcome> ReportAsync(OperatedGroup operated, MigrationRun run, CancellationToken cancellationToken)
    {
        var errors = await operated.Faults.ListErrorsAsync(AccountKeys.MostNamed, cancellationToken);
        var quarantined = await operated.Faults.ListQuarantinedAsync(AccountKeys.MostNamed, cancellationToken);
        var counters = run.Counters;
        if (errors.Count == 0 && counters.Unsettled + counters.Mismatched == 0)
        {
            await operated.Tables.NoteCompletedAsync(cancellationToken);
        }

        return new(string.Create(
            CultureInfo.InvariantCulture,
            $"{operated.Name}: {counters.Seen} keys seen, {counters.Copied} copied, {counters.Unchanged} there already, {errors.Count} in error, {quarantined.Select(fault => fault.Key).Distinct().Count()} quarantined, {counters.Unsettled} unsettled, {counters.Mismatched} mismatched"))
        {
            Run = run,
            Stage = await stages.FindAsync(operated.Group, cancellationToken),
            HasProblems = errors.Count + counters.Unsettled + counters.Mismatched > 0,
            Keys =
            [
                .. errors.Select(fault => new NamedKey(fault.Key, $"error: {fault.Reason}")),
                .. quarantined.Select(fault => new NamedKey(fault.Key, fault.Place is { } place ? $"quarantined at {place}: {fault.Reason}" : $"quarantined: {fault.Reason}")),
            ],
        };
    }
}

using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Verification;
using TraderHub.Core.Migration.Watching;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Operating;

/// <summary>How a group stands.</summary>
/// <param name="Group">Its name.</param>
/// <param name="Stage">Its stage, and how it came there.</param>
/// <param name="Counts">Its keys as SQL knows them; null, and all else from there missing, while SQL does not answer.</param>
/// <param name="Runs">Its last runs, newest first.</param>
/// <param name="Errors">The keys that cannot be read.</param>
/// <param name="Unfinished">The operations on several of its keys that were begun and are not known to be done.</param>
/// <param name="Watch">How both stores serve it; null when no instance tells.</param>
/// <param name="Report">Its last verification; null when there was none.</param>
public sealed record GroupStatus(
    string Group, StageDocument Stage, SyncCounts? Counts, IReadOnlyList<MigrationRun> Runs, IReadOnlyList<KeyFault> Errors, IReadOnlyList<StoredIntent> Unfinished, GroupWatch? Watch, VerificationReport? Report);

/// <summary>Reads how groups stand; one whose stage nobody has decided is decided by it.</summary>
public sealed class ReadGroupStatus(StageDocuments stages, Intents intents, ReadGroupWatch readWatch)
{
    private const int MostRuns = 10;

    private const int MostErrors = 100;

    /// <summary>Reads how a group stands; its stage is known, and told, while SQL does not answer.</summary>
    /// <exception cref="KeyValueException">The key-value store does not answer.</exception>
    public async Task<GroupStatus> ExecuteAsync(OperatedGroup operated, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operated);
        var stage = await stages.FindOrChooseAsync(operated.Group, cancellationToken);
        try
        {
            return await ReadAsync(operated, stage, cancellationToken);
        }
        catch (StorageException)
        {
            return new(operated.Name, stage, Counts: null, [], [], [], Watch: null, Report: null);
        }
    }

    private async Task<GroupStatus> ReadAsync(OperatedGroup operated, StageDocument stage, CancellationToken cancellationToken)
    {
        var reports = await operated.Reports.ListAsync(1, cancellationToken);
        return new(
            operated.Name,
            stage,
            await operated.Group.Sql.CountAsync(cancellationToken),
            await operated.Group.Runs.ListAsync(operated.Name, MostRuns, cancellationToken),
            await operated.Faults.ListErrorsAsync(MostErrors, cancellationToken),
            stage.IsSqlOnly ? [] : await intents.ListAsync(cancellationToken).Where(one => one.Intent.Group == operated.Name).ToListAsync(cancellationToken),
            stage.Copies ? await readWatch.ExecuteAsync(operated, stage, cancellationToken) : null,
            reports.Count == 0 ? null : reports[0]);
    }
}

using System.Globalization;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Verification;

/// <summary>Compares everything that a group has in both stores, while it is in use, and keeps a report of it (rules M30 to M32).</summary>
public sealed class VerifyGroup(WalkKeys walk, CompareKey compare, AccountKeys account, StageDocuments stages, RunSweep runs, TimeProvider clock)
{
    private const int PartSize = 500;

    private const int ComparedTogether = 50;

    private const int AtOnce = 8;

    /// <summary>The share of the keys that is compared element by element too, in percent.</summary>
    private const int SamplePercent = 10;

    /// <summary>Verifies a group; a refusal while another run of it lives.</summary>
    /// <exception cref="KeyValueException">The key-value store cannot be listed.</exception>
    /// <exception cref="StorageException">SQL does not answer.</exception>
    /// <exception cref="RunFencedException">It was ended from outside.</exception>
    public async Task<Result<VerificationReport>> ExecuteAsync(
        OperatedGroup operated, string who, IProgress<MigrationRun>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operated);
        var begun = await runs.BeginAsync(operated.Group, RunKind.Verify, who, cancellationToken);
        if (begun.Error is { } busy)
        {
            return busy;
        }

        // A report is of one walk: what another one found before it died is not in this one.
        var run = begun.Value with { Checkpoint = null, Counters = new RunCounters() };
        try
        {
            return await VerifyAsync(operated, run, progress, cancellationToken);
        }
        catch (Exception exception) when (exception is not RunFencedException)
        {
            // Whatever ended it is told to who waits for the run; the cause goes on to the caller.
            await TryEndAsync(operated, run, exception);
            throw;
        }
    }

    private async Task<VerificationReport> VerifyAsync(
        OperatedGroup operated, MigrationRun run, IProgress<MigrationRun>? progress, CancellationToken cancellationToken)
    {
        var stage = await stages.FindOrChooseAsync(operated.Group, cancellationToken);
        var tally = new VerificationTally(operated.Tables);
        await foreach (var part in PartsAsync(operated, cancellationToken))
        {
            foreach (var check in await CompareAsync(part, stage, run.Id, cancellationToken))
            {
                tally.Add(check);
            }

            run = run with { Checkpoint = part[^1].Key.Name, Counters = tally.Counters, UpdatedAt = clock.GetInstant() };
            await operated.Group.Runs.SaveAsync(run, cancellationToken);
            progress?.Report(run);
        }

        foreach (var damage in await operated.Tables.FindDamageAsync(cancellationToken))
        {
            tally.Add(damage);
        }

        var (others, named) = await account.ExecuteAsync(operated.Group, cancellationToken);
        var report = Report(operated.Name, run, stage, tally, tally.Account(others), named);
        await operated.Reports.SaveAsync(report, cancellationToken);
        var now = clock.GetInstant();
        run = run with { Status = RunStatus.Completed, EndedAt = now, UpdatedAt = now };
        await operated.Group.Runs.SaveAsync(run, CancellationToken.None);
        progress?.Report(run);
        return report;
    }

    private async Task<IEnumerable<KeyCheck>> CompareAsync(List<WalkedKey> part, StageDocument stage, string seed, CancellationToken cancellationToken)
    {
        var together = part.Chunk(ComparedTogether).ToList();
        var checks = new IReadOnlyList<KeyCheck>[together.Count];
        await Parallel.ForAsync(
            0,
            together.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, token) => checks[i] = [.. (await compare.ExecuteAsync(together[i], stage, token)).Select(check => Sample(check, seed))]);
        return checks.SelectMany(some => some);
    }

    private async IAsyncEnumerable<List<WalkedKey>> PartsAsync(
        OperatedGroup operated, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var part = new List<WalkedKey>(PartSize);
        await foreach (var key in walk.ExecuteAsync(operated.Group, after: null, cancellationToken))
        {
            part.Add(key);
            if (part.Count == PartSize)
            {
                yield return part;
                part = new(PartSize);
            }
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    /// <summary>Which keys are in the sample follows from the run, so that each run has another and each can be told again.</summary>
    private static KeyCheck Sample(KeyCheck check, string seed)
    {
        var isSampled = check is { InKv: not null, InSql: not null } && KeyShare.Of($"{seed}/{check.Key.Key.Name}") < SamplePercent;
        return isSampled || check.Finding == KeyFinding.Mismatch
            ? check with { IsSampled = isSampled, Differences = JsonDifferences.Find(check.InKv!.Value, check.InSql!.Value) }
            : check;
    }

    private VerificationReport Report(
        string group, MigrationRun run, StageDocument stage, VerificationTally tally, KeyAccounts accounts, IReadOnlyList<NamedKey> others)
    {
        var tables = tally.Tables();
        var classes = tally.Classes;
        var isGood = classes.Disagreeing == 0 && accounts.Error == 0 && tables.All(table => table.Match && table.SampleFailures.Count == 0);
        var summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{tally.Counters.Seen} keys of '{group}' in stage {stage.Stage.ToText()}: {classes.Missing} missing, {classes.Extra} extra, {classes.Mismatch} mismatched, {classes.Unsettled} unsettled, {accounts.Error} in error, {accounts.Quarantined} quarantined. {(isGood ? "Nothing disagrees." : "They do not agree.")}");
        return new(clock.GetInstant().ToUnixTimeMilliseconds(), isGood, tables, summary)
        {
            Id = run.Id,
            Group = group,
            RunId = run.Id,
            Classes = classes,
            Accounted = accounts,
            Keys = [.. tally.Named, .. others],
        };
    }

    private async Task TryEndAsync(OperatedGroup operated, MigrationRun run, Exception cause)
    {
        try
        {
            var now = clock.GetInstant();
            var status = cause is OperationCanceledException ? RunStatus.Cancelled : RunStatus.Failed;
            await operated.Group.Runs.SaveAsync(run with { Status = status, Error = cause.Message, EndedAt = now, UpdatedAt = now }, CancellationToken.None);
        }
        catch (Exception exception) when (exception is StorageException or RunFencedException)
        {
            // It is taken for dead after a while.
        }
    }
}

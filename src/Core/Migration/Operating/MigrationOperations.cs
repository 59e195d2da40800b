using System.Globalization;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Migration.Verification;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Operating;

/// <summary>Everything that operators can ask for, the same from the command line and over HTTP.</summary>
public sealed class MigrationOperations(
    IEnumerable<OperatedGroup> groups,
    AdvanceGroup advance,
    RollBackGroup rollBack,
    BackfillGroup backfill,
    VerifyGroup verify,
    RetryGroup retry,
    PauseGroup pause,
    QuarantineKey quarantine)
{
    /// <summary>The groups, in their order.</summary>
    public IReadOnlyList<OperatedGroup> Groups { get; } = [.. groups];

    /// <summary>A group, whose name may be written as one likes, as routes may; a refusal when there is none of that name.</summary>
    public Result<OperatedGroup> Find(string name) =>
        Groups.FirstOrDefault(group => string.Equals(group.Name, name, StringComparison.OrdinalIgnoreCase)) is { } found ? found : OperatingErrors.UnknownGroup(name, Groups.Select(group => group.Name));

    /// <summary>Does what was asked for; a refusal when it cannot be done.</summary>
    /// <exception cref="KeyValueException">The key-value store does not answer.</exception>
    /// <exception cref="StorageException">SQL does not answer.</exception>
    public async Task<Result<Outcome>> ExecuteAsync(OperatedGroup group, GroupAction action, ActionRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            return action switch
            {
                GroupAction.Advance => Moved(group, await advance.ExecuteAsync(group.Group, request.Move, cancellationToken)),
                GroupAction.RollBack => Moved(group, await rollBack.ExecuteAsync(group.Group, request.To, request.Move, cancellationToken)),
                GroupAction.Backfill when request.IsDryRun => await backfill.TryOutAsync(group, request.Move, cancellationToken),
                GroupAction.Backfill => await backfill.ExecuteAsync(group, request.Move, new SweepOptions { Rate = request.Rate }, cancellationToken),
                GroupAction.Verify => Verified(await verify.ExecuteAsync(group, request.Move.Who, request.Move.Progress, cancellationToken)),
                GroupAction.Retry => await retry.ExecuteAsync(group, request.Move, cancellationToken),
                GroupAction.Pause => await pause.PauseAsync(group, request.Move, cancellationToken),
                GroupAction.Resume => await pause.ResumeAsync(group, request.Move, cancellationToken),
                _ => await quarantine.ExecuteAsync(request.Key!, cancellationToken),
            };
        }
        catch (RunFencedException exception)
        {
            return OperatingErrors.RunEnded(exception);
        }
    }

    private static Result<Outcome> Moved(OperatedGroup group, Result<StageDocument> moved) => moved.Match<Result<Outcome>>(
        stage => new Outcome(string.Create(
            CultureInfo.InvariantCulture,
            $"{group.Name} is in stage {stage.Stage.ToText()}{(stage.Stage == Stage.Sql ? $" with {stage.Percent} % of its keys" : string.Empty)} (epoch {stage.Epoch})"))
        {
            Stage = stage,
        },
        refusal => refusal);

    private static Result<Outcome> Verified(Result<VerificationReport> verified) => verified.Match<Result<Outcome>>(
        report => new Outcome(report.Summary) { Report = report, HasProblems = !report.OverallSuccess, Keys = report.Keys }, refusal => refusal);
}

/// <summary>What operators can ask of a group.</summary>
public enum GroupAction
{
    /// <summary>To move it one stage on.</summary>
    Advance,

    /// <summary>To copy it to SQL.</summary>
    Backfill,

    /// <summary>To compare everything.</summary>
    Verify,

    /// <summary>To move it back.</summary>
    RollBack,

    /// <summary>To leave it alone.</summary>
    Pause,

    /// <summary>To go on.</summary>
    Resume,

    /// <summary>To give SQL once more what it has lost or could not read.</summary>
    Retry,

    /// <summary>To put a value aside.</summary>
    Quarantine,
}

/// <summary>How operators ask for it.</summary>
/// <param name="Move">Who asks, and how a move is made.</param>
public sealed record ActionRequest(MoveRequest Move)
{
    /// <summary>Backwards: the stage to go to; null for the one before.</summary>
    public Stage? To { get; init; }

    /// <summary>When copying: nothing is written.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>When copying: the most keys a second.</summary>
    public int? Rate { get; init; }

    /// <summary>The key to put aside.</summary>
    public string? Key { get; init; }
}

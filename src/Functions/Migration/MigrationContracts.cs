using System.Text.Json.Serialization;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Verification;
using TraderHub.Core.Migration.Watching;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Migration;

/// <summary>The answer of <c>GET /api/migration</c>.</summary>
/// <param name="Groups">The groups.</param>
public sealed record GroupsAnswer(IReadOnlyList<GroupAnswer> Groups);

/// <summary>How a group stands.</summary>
/// <param name="Group">Its name.</param>
/// <param name="Stage">Its stage, and how it came there.</param>
/// <param name="Keys">Its keys as SQL knows them; null, and all else from there empty, while SQL does not answer.</param>
/// <param name="Runs">Its last runs, newest first.</param>
/// <param name="Errors">Keys that cannot be read; the first hundred.</param>
/// <param name="Unfinished">Operations on several keys that were begun and are not known to be done; one that stays can be given up by <c>quarantine</c>.</param>
/// <param name="Watch">How both stores served it within the last five minutes, over all instances; null when none tells.</param>
/// <param name="LastReport">Its last verification; null when there was none.</param>
public sealed record GroupAnswer(
    string Group,
    StageAnswer Stage,
    KeysAnswer? Keys,
    IReadOnlyList<RunAnswer> Runs,
    IReadOnlyList<KeyFaultAnswer> Errors,
    IReadOnlyList<UnfinishedAnswer> Unfinished,
    WatchAnswer? Watch,
    ReportLine? LastReport)
{
    internal static GroupAnswer Of(GroupStatus status) => new(
        status.Group,
        StageAnswer.Of(status.Stage),
        status.Counts is { } counts ? new(counts.Known, counts.OwnedByKv, counts.OwnedBySql, counts.Unmirrored, counts.Failed, counts.Quarantined) : null,
        [.. status.Runs.Select(RunAnswer.Of)],
        [.. status.Errors.Select(fault => new KeyFaultAnswer(fault.Key, fault.Reason, fault.Raw, fault.FirstSeen))],
        [.. status.Unfinished.Select(one => new UnfinishedAnswer($"{Intents.Prefix}{one.Id}", one.Intent.Operation, [.. one.Intent.Versions.Keys], one.Intent.BegunAt))],
        status.Watch is { } watch ? WatchAnswer.Of(watch) : null,
        status.Report is { } report ? ReportLine.Of(report) : null);
}

/// <summary>A group's stage.</summary>
/// <param name="Stage"><c>kv</c>, <c>copy</c>, <c>sql</c> or <c>sql_only</c>.</param>
/// <param name="Epoch">Grows with every change; it is the ETag, too.</param>
/// <param name="Percent">In stage <c>sql</c>: which share of the keys was handed over.</param>
/// <param name="IsPaused">Whether the engine leaves the group alone.</param>
/// <param name="IsLeaving">Whether it is on its way from <c>sql</c> to <c>sql_only</c>.</param>
/// <param name="IsReturning">Whether it is on its way from <c>sql_only</c> to <c>sql</c>.</param>
/// <param name="FrozenBecause">Why it accepts no writes; null when it does.</param>
/// <param name="ChangedAt">When it was changed, in UTC.</param>
/// <param name="ChangedBy">By whom.</param>
/// <param name="Reason">Why.</param>
/// <param name="History">The changes up to now, the newest last.</param>
public sealed record StageAnswer(
    string Stage,
    long Epoch,
    int Percent,
    bool IsPaused,
    bool IsLeaving,
    bool IsReturning,
    string? FrozenBecause,
    string ChangedAt,
    string ChangedBy,
    string Reason,
    IReadOnlyList<StageChangeAnswer> History)
{
    internal static StageAnswer Of(StageDocument stage) => new(
        stage.Stage.ToText(),
        stage.Epoch,
        stage.Percent,
        stage.IsPaused,
        stage.IsLeaving,
        stage.IsReturning,
        stage.FrozenBecause,
        stage.ChangedAt,
        stage.ChangedBy,
        stage.Reason,
        [.. stage.History.Select(change => new StageChangeAnswer(change.Stage.ToText(), change.Epoch, change.ChangedAt, change.ChangedBy, change.Reason))]);
}

/// <summary>A change of a group's stage.</summary>
/// <param name="Stage">What it came to.</param>
/// <param name="Epoch">Its number.</param>
/// <param name="ChangedAt">When, in UTC.</param>
/// <param name="ChangedBy">By whom.</param>
/// <param name="Reason">Why.</param>
public sealed record StageChangeAnswer(string Stage, long Epoch, string ChangedAt, string ChangedBy, string Reason);

/// <summary>A group's keys as SQL knows them.</summary>
/// <param name="Known">All of them.</param>
/// <param name="OwnedByKv">Those that the key-value store owns.</param>
/// <param name="OwnedBySql">Those that SQL owns.</param>
/// <param name="Unmirrored">Those that SQL owns and the key-value store may not have as they are.</param>
/// <param name="Error">Those that cannot be read.</param>
/// <param name="Quarantined">Those with a part, or all of them, put aside.</param>
public sealed record KeysAnswer(long Known, long OwnedByKv, long OwnedBySql, long Unmirrored, long Error, long Quarantined);

/// <summary>A key that cannot be read.</summary>
/// <param name="Key">The key.</param>
/// <param name="Reason">Why.</param>
/// <param name="Raw">Its value.</param>
/// <param name="FirstSeen">Since when that is known, in UTC.</param>
public sealed record KeyFaultAnswer(string Key, string Reason, string Raw, string FirstSeen);

/// <summary>An operation on several keys that is not known to be done.</summary>
/// <param name="Key">The key that it stands under.</param>
/// <param name="Operation">What it is.</param>
/// <param name="Keys">The keys that it touches.</param>
/// <param name="BegunAt">When it was begun, in UTC.</param>
public sealed record UnfinishedAnswer(string Key, string Operation, IReadOnlyList<string> Keys, string BegunAt);

/// <summary>How both stores serve a group.</summary>
/// <param name="WriteSuccess">Which share of the writes to SQL was done at once, 0 to 1; null below a hundred writes.</param>
/// <param name="WriteSuccessAfterReconcile">Which share of them SQL has by now; null below a hundred writes.</param>
/// <param name="Sql">What was asked of SQL.</param>
/// <param name="Kv">What was asked of the key-value store, for all groups.</param>
/// <param name="KvReadsSaved">How many reads SQL answered that would have gone to the key-value store.</param>
/// <param name="Unsettled">How many keys are not the same in both stores.</param>
/// <param name="UnsettledSince">Since when some are, in UTC; null when none is.</param>
public sealed record WatchAnswer(
    double? WriteSuccess,
    double? WriteSuccessAfterReconcile,
    StoreAnswer Sql,
    StoreAnswer Kv,
    long KvReadsSaved,
    long Unsettled,
    string? UnsettledSince)
{
    internal static WatchAnswer Of(GroupWatch watch) => new(
        watch.WriteSuccess,
        watch.WriteSuccessAfterReconcile,
        StoreAnswer.Of(watch.Sql),
        StoreAnswer.Of(watch.Kv),
        watch.Sql.Owned,
        watch.Unsettled,
        watch.UnsettledSince?.ToIso());
}

/// <summary>What was asked of a store.</summary>
/// <param name="Calls">How often it was asked.</param>
/// <param name="Writes">How many of the calls were writes.</param>
/// <param name="FailedWrites">How many of the writes were not done.</param>
/// <param name="P50Ms">The time within which half of the calls ended, in milliseconds, rounded up to a class; null without calls, and above five seconds.</param>
/// <param name="P95Ms">The same for 95 of a hundred.</param>
/// <param name="P99Ms">The same for 99 of a hundred.</param>
public sealed record StoreAnswer(long Calls, long Writes, long FailedWrites, int? P50Ms, int? P95Ms, int? P99Ms)
{
    internal static StoreAnswer Of(StoreFigures figures) => new(
        figures.Calls, figures.Writes, figures.FailedWrites, figures.Percentile(0.5), figures.Percentile(0.95), figures.Percentile(0.99));
}

/// <summary>A walk over a group's keys.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Group">The group.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Status"><c>running</c>, <c>completed</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="StartedBy">Who started it.</param>
/// <param name="StartedAt">When, in UTC.</param>
/// <param name="UpdatedAt">When it last gave a sign of life.</param>
/// <param name="EndedAt">When it ended; null while it runs.</param>
/// <param name="CurrentKey">The last key that is done.</param>
/// <param name="KeysPerSecond">How fast it is.</param>
/// <param name="Counters">What it has done.</param>
/// <param name="Error">Why it failed.</param>
public sealed record RunAnswer(
    string Id,
    string Group,
    string Kind,
    string Status,
    string StartedBy,
    string StartedAt,
    string UpdatedAt,
    string? EndedAt,
    string? CurrentKey,
    double KeysPerSecond,
    RunCounters Counters,
    string? Error)
{
    internal static RunAnswer Of(MigrationRun run)
    {
        var seconds = (run.UpdatedAt - run.StartedAt).TotalSeconds;
        return new(
            run.Id,
            run.Group,
            run.Kind.ToText(),
            run.Status.ToText(),
            run.StartedBy,
            run.StartedAt.ToIso(),
            run.UpdatedAt.ToIso(),
            run.EndedAt?.ToIso(),
            run.Checkpoint,
            seconds > 0 ? Math.Round(run.Counters.Seen / seconds, 1) : 0,
            run.Counters,
            run.Error);
    }
}

/// <summary>A report in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Timestamp">When it was made, in unix milliseconds.</param>
/// <param name="OverallSuccess">Whether nothing disagrees.</param>
/// <param name="Summary">It in a sentence.</param>
public sealed record ReportLine(string Id, long Timestamp, bool OverallSuccess, string Summary)
{
    internal static ReportLine Of(VerificationReport report) => new(report.Id, report.Timestamp, report.OverallSuccess, report.Summary);
}

/// <summary>The answer of <c>GET /api/migration/{group}/reports</c>.</summary>
/// <param name="Reports">The newest, newest first.</param>
public sealed record ReportsAnswer(IReadOnlyList<ReportLine> Reports);

/// <summary>What operators asked for, and how it goes.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Group">The group.</param>
/// <param name="Action">What was asked for.</param>
/// <param name="Status"><c>running</c>, <c>completed</c>, <c>refused</c> or <c>failed</c>.</param>
/// <param name="Summary">What became of it; what it is doing while it runs.</param>
public sealed record OperationAnswer(string Id, string Group, string Action, string Status, string Summary)
{
    /// <summary>Who asked.</summary>
    public string StartedBy { get; init; } = string.Empty;

    /// <summary>When it began, in UTC.</summary>
    public string StartedAt { get; init; } = string.Empty;

    /// <summary>Whether something is left that somebody has to look at.</summary>
    public bool HasProblems { get; init; }

    /// <summary>Why it was refused: the code of the refusal.</summary>
    public string? Code { get; init; }

    /// <summary>Why it was refused, reason by reason.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Where the group stands afterwards.</summary>
    public StageAnswer? Stage { get; init; }

    /// <summary>The walk over its keys.</summary>
    public RunAnswer? Run { get; init; }

    /// <summary>The verification that it made: <c>GET /api/migration/{group}/report?id=</c> has it whole.</summary>
    public ReportLine? Report { get; init; }

    /// <summary>The keys that it is about, each with what it is.</summary>
    public IReadOnlyList<NamedKey> Keys { get; init; } = [];

    internal OperationAnswer Ended(Outcome outcome) => this with
    {
        Status = "completed",
        Summary = outcome.Summary,
        HasProblems = outcome.HasProblems,
        Stage = outcome.Stage is { } stage ? StageAnswer.Of(stage) : null,
        Run = outcome.Run is { } run ? RunAnswer.Of(run) : Run,
        Report = outcome.Report is { } report ? ReportLine.Of(report) : null,
        Keys = outcome.Keys,
    };

    internal OperationAnswer Refused(Error refusal) => this with
    {
        Status = "refused",
        Summary = refusal.Detail,
        HasProblems = true,
        Code = refusal.Code,
        Reasons = refusal.Fields.TryGetValue("reasons", out var reasons) ? reasons : [],
    };
}

/// <summary>What is asked of a group; every action takes what concerns it.</summary>
/// <param name="Percent">Advance: which share of the keys, 1, 10 or 100.</param>
/// <param name="Force">Advance and rollback: skips what only waits for time; backwards, goes without SQL.</param>
/// <param name="Reason">Why; needed with force.</param>
/// <param name="To">Rollback: <c>kv</c>, <c>copy</c> or <c>sql</c>; the stage before when it is absent.</param>
/// <param name="AcceptLoss">Rollback: although writes were acknowledged that the key-value store does not have.</param>
/// <param name="DryRun">Backfill: reads and parses everything, and writes nothing.</param>
/// <param name="Rate">Backfill: the most keys a second.</param>
/// <param name="Key">Quarantine: the key.</param>
public sealed record ActionBody(
    int? Percent = null,
    bool Force = false,
    string? Reason = null,
    string? To = null,
    bool AcceptLoss = false,
    bool DryRun = false,
    int? Rate = null,
    string? Key = null);

/// <summary>The documented answer of <c>GET /api/migration-status</c>.</summary>
/// <param name="Completed">Whether everything was copied once without an error that is not put aside.</param>
/// <param name="Timestamp">When that is said, in unix milliseconds.</param>
/// <param name="Results">Group by group.</param>
public sealed record MigrationStatusAnswer(bool Completed, long Timestamp, IReadOnlyList<MigrationResultAnswer> Results);

/// <summary>What was copied of a group.</summary>
/// <param name="Table">The group.</param>
/// <param name="RecordsMigrated">How many keys SQL has.</param>
/// <param name="Errors">The keys that cannot be read.</param>
/// <param name="Duration">How long the last copying took, in milliseconds.</param>
public sealed record MigrationResultAnswer(string Table, long RecordsMigrated, IReadOnlyList<MigrationErrorAnswer> Errors, long Duration);

/// <summary>A key that could not be copied.</summary>
/// <param name="Key">The key.</param>
/// <param name="Error">Why.</param>
/// <param name="Data">Its value.</param>
public sealed record MigrationErrorAnswer(string Key, string Error, string Data);

/// <summary>Writes what operators read of the migration.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GroupsAnswer))]
[JsonSerializable(typeof(IReadOnlyList<OperationAnswer>))]
[JsonSerializable(typeof(OperationAnswer))]
[JsonSerializable(typeof(ReportsAnswer))]
[JsonSerializable(typeof(MigrationStatusAnswer))]
[JsonSerializable(typeof(VerificationReport))]
[JsonSerializable(typeof(ActionBody))]
internal sealed partial class MigrationJson : JsonSerializerContext;

using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Migration;

/// <summary>How the migration stands, for operators.</summary>
public sealed class MigrationFunctions(MigrationOperations operations, ReadGroupStatus readStatus, GroupOperations begun, TimeProvider clock)
{
    private const int LongestId = 100;

    private const string GroupRoute = "api/migration/{group:regex(^(jobs|signals)$)}";

    /// <summary>How every group stands.</summary>
    [Function(nameof(ListMigration))]
    [Access(Caller.Operator)]
    [Returns<GroupsAnswer>("The groups.")]
    public async Task<IResult> ListMigration(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/migration")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var groups = new List<GroupAnswer>();
        foreach (var group in operations.Groups)
        {
            groups.Add(GroupAnswer.Of(await readStatus.ExecuteAsync(group, cancellationToken)));
        }

        return Reply.Json(new GroupsAnswer(groups), MigrationJson.Default.GroupsAnswer);
    }

    /// <summary>How a group stands; its ETag is the epoch of its stage.</summary>
    [Function(nameof(GetMigration))]
    [Access(Caller.Operator)]
    [Returns<GroupAnswer>("The group.")]
    public async Task<IResult> GetMigration(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = GroupRoute)] HttpRequest request,
        [Description("The group.")] string group,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var status = await readStatus.ExecuteAsync(operations.Find(group).Value, cancellationToken);
        request.HttpContext.Response.SetEntityTag(status.Stage.Epoch.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return Reply.Json(GroupAnswer.Of(status), MigrationJson.Default.GroupAnswer);
    }

    /// <summary>The verification reports of a group, newest first.</summary>
    [Function(nameof(ListMigrationReports))]
    [Access(Caller.Operator)]
    [Returns<ReportsAnswer>("The reports.")]
    public async Task<IResult> ListMigrationReports(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = GroupRoute + "/reports")] HttpRequest request,
        [Description("The group.")] string group,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        const int Most = 50;
        var reports = await operations.Find(group).Value.Reports.ListAsync(Most, cancellationToken);
        return Reply.Json(new ReportsAnswer([.. reports.Select(ReportLine.Of)]), MigrationJson.Default.ReportsAnswer);
    }

    /// <summary>A verification report whole, as a file: the last one, or the one that is named.</summary>
    [Function(nameof(GetMigrationReport))]
    [Access(Caller.Operator)]
    [Query<string>("id", "The report's id; the last one without it.")]
    [Returns<Core.Migration.Verification.VerificationReport>("The report.")]
    [Fails(StatusCodes.Status404NotFound, "There is no such report.", "REPORT_NOT_FOUND")]
    public async Task<IResult> GetMigrationReport(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = GroupRoute + "/report")] HttpRequest request,
        [Description("The group.")] string group,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var asked = RequestQuery.Read(request, query => query.Text("id", LongestId));
        if (asked.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var reports = operations.Find(group).Value.Reports;
        var report = asked.Value is { } id
            ? await reports.FindAsync(id, cancellationToken)
            : await reports.ListAsync(1, cancellationToken) is [var last, ..] ? last : null;
        if (report is null)
        {
            return new Error(ErrorKind.NotFound, "REPORT_NOT_FOUND", $"There is no such report of '{group}'; POST /api/migration/{group}/verify makes one.").ToProblem();
        }

        request.HttpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{group}-{report.Id}.json\"";
        return Reply.Json(report, MigrationJson.Default.VerificationReport);
    }

    /// <summary>How an operation or a run goes.</summary>
    [Function(nameof(GetMigrationRun))]
    [Access(Caller.Operator)]
    [Returns<OperationAnswer>("The operation.")]
    [Fails(StatusCodes.Status404NotFound, "There is no such run.", "RUN_NOT_FOUND")]
    public async Task<IResult> GetMigrationRun(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/migration/runs/{id:maxlength(64)}")] HttpRequest request,
        [Description("The run's id.")] string id,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return await FindAsync(id, cancellationToken) is { } found
            ? Reply.Json(found, MigrationJson.Default.OperationAnswer)
            : NoSuchRun(id).ToProblem();
    }

    /// <summary>How an operation or a run goes, as server-sent events until it has ended.</summary>
    [Function(nameof(FollowMigrationRun))]
    [Access(Caller.Operator)]
    [Returns(StatusCodes.Status200OK, "An event `progress` whenever something has changed, and `end`.", MediaType = "text/event-stream")]
    [Fails(StatusCodes.Status404NotFound, "There is no such run.", "RUN_NOT_FOUND")]
    public async Task<IResult> FollowMigrationRun(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/migration/runs/{id:maxlength(64)}/events")] HttpRequest request,
        [Description("The run's id.")] string id,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return await FindAsync(id, cancellationToken) is { } found
            ? new RunEvents(found, token => FindAsync(id, token), clock)
            : NoSuchRun(id).ToProblem();
    }

    /// <summary>Whether everything was copied, as the documents have it.</summary>
    [Function(nameof(GetMigrationStatus))]
    [Access(Caller.Operator)]
    [Returns<MigrationStatusAnswer>("The status.")]
    public async Task<IResult> GetMigrationStatus(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/migration-status")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var results = new List<MigrationResultAnswer>();
        var isCompleted = true;
        foreach (var group in operations.Groups)
        {
            var status = await readStatus.ExecuteAsync(group, cancellationToken);
            var counts = status.Counts ?? throw new StorageException(group.Name, nameof(GetMigrationStatus), null);
            var last = status.Runs.FirstOrDefault(run => run.Kind == RunKind.Backfill);
            isCompleted &= status.Stage.IsSqlOnly || (last is { Status: RunStatus.Completed } && status.Errors.Count == 0) || counts.OwnedBySql > 0;
            results.Add(new(
                group.Name,
                counts.Known - counts.Failed,
                [.. status.Errors.Select(fault => new MigrationErrorAnswer(fault.Key, fault.Reason, fault.Raw))],
                last is null ? 0 : (long)(last.UpdatedAt - last.StartedAt).TotalMilliseconds));
        }

        return Reply.Json(
            new MigrationStatusAnswer(isCompleted, clock.GetInstant().ToUnixTimeMilliseconds(), results), MigrationJson.Default.MigrationStatusAnswer);
    }

    private async Task<OperationAnswer?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (await begun.FindAsync(id, cancellationToken) is { } operation)
        {
            return operation;
        }

        foreach (var group in operations.Groups)
        {
            if (await group.Group.Runs.FindAsync(id, cancellationToken) is { } run)
            {
                return new(run.Id, run.Group, run.Kind.ToText(), run.Status.ToText(), run.Error ?? run.Status.ToText())
                {
                    StartedBy = run.StartedBy,
                    StartedAt = run.StartedAt.ToIso(),
                    Run = RunAnswer.Of(run),
                };
            }
        }

        return null;
    }

    private static Error NoSuchRun(string id) => new(ErrorKind.NotFound, "RUN_NOT_FOUND", $"There is no run '{id}'. Those of HTTP requests are kept for a day.");
}

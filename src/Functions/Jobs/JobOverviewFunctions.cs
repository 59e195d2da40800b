using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using TraderHub.Core.Jobs;
using TraderHub.Core.Jobs.Calendar;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Jobs;

/// <summary>What the executions come to, and the schedule beside what ran.</summary>
public sealed class JobOverviewFunctions(IJobStatistics statistics, ReadSchedule readSchedule, JobLists lists, TimeProvider clock)
{
    private const string NotApplicable = "n/a";

    private const string Missed = "missed";

    private const int DefaultDays = 3;

    private const int MostDays = 31;

    private static readonly IReadOnlyDictionary<string, Duration> Windows = new Dictionary<string, Duration>
    {
        ["24h"] = Duration.FromHours(24),
        ["7d"] = Duration.FromDays(7),
        ["30d"] = Duration.FromDays(30),
    };

    /// <summary>For each kind of job and report: how many ran, how they went, how long they took, and how often nothing ran.</summary>
    [Function(nameof(GetJobStatistics))]
    [Access(Caller.Anybody)]
    [Query<string>("window", "The time until now: 24h, 7d or 30d; 24h without it.")]
    [Returns<JobStatisticsAnswer>("The statistics.")]
    public async Task<IResult> GetJobStatistics(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/jobs/stats")] HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = RequestQuery.Read(request, query => query.Choice("window", [.. Windows.Keys]) ?? "24h");
        if (asked.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var window = Windows[asked.Value];
        var now = clock.GetInstant();
        await lists.MarkAsync(request, cancellationToken);
        var ran = await statistics.ReadAsync(now - window, now, cancellationToken);
        var missed = await readSchedule.CountMissedAsync(window, cancellationToken);
        var types = ran.Select(type => Answer(type, missed))
            .Concat(ReportTypes.Scheduled.Except(ran.Select(type => type.ReportType)).Select(report => NothingRan(report!, missed)));
        return Reply.Json(
            new JobStatisticsAnswer(true, asked.Value, (now - window).ToIso(), now.ToIso(), types.ToList()), JobsJson.Default.JobStatisticsAnswer);
    }

    /// <summary>For each of the last business dates and each report: how it went, or that it is missing.</summary>
    [Function(nameof(GetJobSchedule))]
    [Access(Caller.Anybody)]
    [Query<int>("days", "How many business dates, 1 to 31; 3 without it.")]
    [Returns<JobScheduleAnswer>("The schedule.")]
    public async Task<IResult> GetJobSchedule(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/jobs/schedule")] HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = RequestQuery.Read<int>(request, query => query.Number("days", 1, MostDays) ?? DefaultDays);
        if (asked.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        await lists.MarkAsync(request, cancellationToken);
        var reports = await readSchedule.ExecuteAsync(asked.Value, cancellationToken);
        var days = reports.GroupBy(report => report.Date).Select(day => new ScheduledDayAnswer(
            day.Key.ToIso(), ExchangeCalendar.HolidayOn(day.Key), day.Select(Answer).ToList()));
        return Reply.Json(new JobScheduleAnswer(true, days.ToList()), JobsJson.Default.JobScheduleAnswer);
    }

    private static ScheduledReportAnswer Answer(ScheduledReport report) => new(
        report.ReportType,
        report.Run?.Status.ToText() ?? (report.IsMissed ? Missed : NotApplicable),
        report.DueAt?.ToIso(),
        report.Run?.Id);

    private static JobTypeAnswer Answer(JobTypeStatistics type, IReadOnlyDictionary<string, int> missed) => new(
        type.JobType,
        type.ReportType,
        type.Runs,
        type.Success,
        type.Partial,
        type.Failed,
        type.Running,
        type.SuccessRate,
        type.P50Ms,
        type.P95Ms,
        type.MaxMs,
        type.ReportType is { } report && ReportTypes.Scheduled.Contains(report) ? missed.GetValueOrDefault(report) : null);

    private static JobTypeAnswer NothingRan(string report, IReadOnlyDictionary<string, int> missed) =>
        new(null, report, 0, 0, 0, 0, 0, null, null, null, null, missed.GetValueOrDefault(report));
}

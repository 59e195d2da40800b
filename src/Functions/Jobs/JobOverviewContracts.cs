namespace TraderHub.Functions.Jobs;

/// <summary>How the executions of the last time went.</summary>
/// <param name="Success">Always true.</param>
/// <param name="Window">The time that was asked for.</param>
/// <param name="From">Its first instant, in UTC.</param>
/// <param name="To">The instant after its last.</param>
/// <param name="Types">By kind and report; a scheduled report that nothing ran for is here too.</param>
public sealed record JobStatisticsAnswer(bool Success, string Window, string From, string To, IReadOnlyList<JobTypeAnswer> Types);

/// <summary>How the executions of one kind and report went. Times are in milliseconds, and null where none is known.</summary>
/// <param name="JobType">What kind of job; null for a report that nothing ran for.</param>
/// <param name="ReportType">Which report; null when none.</param>
/// <param name="Runs">How many there were.</param>
/// <param name="Success">How many succeeded.</param>
/// <param name="Partial">How many succeeded in part.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="Running">How many still run.</param>
/// <param name="SuccessRate">The part of those that ended which succeeded in full, from 0 to 1.</param>
/// <param name="P50Ms">The time that half of them took no longer than.</param>
/// <param name="P95Ms">The time that 95 of 100 took no longer than.</param>
/// <param name="MaxMs">The longest time.</param>
/// <param name="Missed">How often the report was due and nothing ran; null for what has no schedule.</param>
public sealed record JobTypeAnswer(
    string? JobType,
    string? ReportType,
    long Runs,
    long Success,
    long Partial,
    long Failed,
    long Running,
    double? SuccessRate,
    long? P50Ms,
    long? P95Ms,
    long? MaxMs,
    int? Missed);

/// <summary>The schedule beside what ran.</summary>
/// <param name="Success">Always true.</param>
/// <param name="Days">The business dates, newest first.</param>
public sealed record JobScheduleAnswer(bool Success, IReadOnlyList<ScheduledDayAnswer> Days);

/// <summary>A business date.</summary>
/// <param name="Date">The date.</param>
/// <param name="Holiday">The holiday that keeps the market closed; null on other days.</param>
/// <param name="Reports">The reports, in their order.</param>
public sealed record ScheduledDayAnswer(string Date, string? Holiday, IReadOnlyList<ScheduledReportAnswer> Reports);

/// <summary>A report of a business date.</summary>
/// <param name="ReportType">The report.</param>
/// <param name="Status">success, partial, failed or running as its newest execution has it; missed when it is overdue; n/a when it is not due.</param>
/// <param name="DueAt">When it is due, in UTC; null when it is not made for this date.</param>
/// <param name="JobId">Its newest execution; null when there is none.</param>
public sealed record ScheduledReportAnswer(string ReportType, string Status, string? DueAt, long? JobId);

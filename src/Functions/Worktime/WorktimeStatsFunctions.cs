using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime;
using TraderHub.Core.Worktime.Statistics;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Worktime;

/// <summary>What the signed-in developer's reviews come to. The caller may keep an answer for a minute; nobody else may.</summary>
public sealed class WorktimeStatsFunctions(IWorktimeStatistics statistics, ReadMatrix readMatrix, DeveloperZone developerZone, TimeProvider clock)
{
    private const int SummaryDays = 30;

    private const int MostDays = 365;

    private const string Week = "must be an ISO week such as 2026-W47.";

    /// <summary>The last days, today in the developer's zone with them.</summary>
    [Function(nameof(GetDailyStats))]
    [Access(Caller.Developer)]
    [Query<int>("days", "How many days, 1 to 365; 30 without it.")]
    [Returns<DailyStatsAnswer>("The days with reviews.")]
    public async Task<IResult> GetDailyStats(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/stats/daily")] HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = RequestQuery.Read(request, query => query.Number("days", 1, MostDays) ?? SummaryDays);
        if (asked.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var totals = await ListLastAsync(request.Developer(), asked.Value, cancellationToken);
        List<WorkDayAnswer> days = [.. WorkDayAnswer.Of(totals).Reverse()];
        return Answer(request, new DailyStatsAnswer(days, asked.Value, days.Count), WorktimeJson.Default.DailyStatsAnswer);
    }

    /// <summary>A week, Monday to Sunday.</summary>
    [Function(nameof(GetWeeklyStats))]
    [Access(Caller.Developer)]
    [Query<string>("week", "The ISO week, such as `2026-W47`.", Required = true)]
    [Returns<WeeklyStatsAnswer>("The week.")]
    public async Task<IResult> GetWeeklyStats(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/stats/weekly")] HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = RequestQuery.Read(request, query =>
        {
            var week = query.Word("week", text => IsoWeek.Parse(text), Week);
            query.Require(week is not null || request.Query.ContainsKey("week"), "week", $"is required: it {Week}");
            return week ?? default;
        });
        if (asked.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var week = asked.Value;
        var totals = await statistics.ListAsync(request.Developer(), week.Monday, week.Sunday.PlusDays(1), cancellationToken);
        return Answer(
            request,
            new WeeklyStatsAnswer(
                week.ToString(), totals.Sum(total => total.Seconds), totals.Sum(total => total.Sessions), [.. WorkDayAnswer.Of(totals)]),
            WorktimeJson.Default.WeeklyStatsAnswer);
    }

    /// <summary>A repository; zeros where nothing was reviewed.</summary>
    [Function(nameof(GetRepoStats))]
    [Access(Caller.Developer)]
    [Returns<RepoStatsAnswer>("The repository.")]
    [Fails(StatusCodes.Status400BadRequest, "These are no names of an owner and a repository.", "VALIDATION_FAILED")]
    public async Task<IResult> GetRepoStats(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/stats/repo/{owner}/{name}")] HttpRequest request,
        [Description("Whose repository it is.")] string owner,
        [Description("The repository.")] string name,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        new PullRequest(owner, name, 1).Check(errors);
        if (!errors.IsEmpty)
        {
            return errors.ToError().ToProblem();
        }

        var (seconds, sessions) = await statistics.SumRepoAsync(request.Developer(), owner, name, cancellationToken);
        return Answer(
            request,
            new RepoStatsAnswer(owner, name, seconds, sessions, sessions == 0 ? 0 : (double)seconds / sessions),
            WorktimeJson.Default.RepoStatsAnswer);
    }

    /// <summary>The last thirty days in figures.</summary>
    [Function(nameof(GetStatsSummary))]
    [Access(Caller.Developer)]
    [Returns<StatsSummaryAnswer>("The figures.")]
    public async Task<IResult> GetStatsSummary(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/stats/summary")] HttpRequest request, CancellationToken cancellationToken)
    {
        var totals = await ListLastAsync(request.Developer(), SummaryDays, cancellationToken);
        var seconds = totals.Sum(total => total.Seconds);
        var sessions = totals.Sum(total => total.Sessions);
        var days = totals.Select(total => total.Date).Distinct().Count();
        return Answer(
            request,
            new StatsSummaryAnswer(SummaryDays, seconds, sessions, Average(seconds, days), Average(seconds, sessions), days),
            WorktimeJson.Default.StatsSummaryAnswer);
    }

    /// <summary>What each pull request took on each day.</summary>
    [Function(nameof(GetStatsMatrix))]
    [Access(Caller.Developer)]
    [Query<LocalDate>("from", "The first day; 30 days before `to` without it.")]
    [Query<LocalDate>("to", "The day after the last; tomorrow in the developer's zone without it. At most 366 days after `from`.")]
    [Returns<StatsMatrixAnswer>("The matrix.")]
    public async Task<IResult> GetStatsMatrix(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/stats/matrix")] HttpRequest request, CancellationToken cancellationToken)
    {
        var tomorrow = (await FindTodayAsync(request.Developer(), cancellationToken)).PlusDays(1);
        var asked = RequestQuery.Read(request, query =>
        {
            var (first, last) = query.DateRange();
            query.Require(last is null or { Year: > 1 }, "to", "must be a year from 2 to 9998.");
            query.Require(first is null or { Year: > 1 }, "from", "must be a year from 2 to 9998.");
            var end = last ?? LocalDate.Max(tomorrow, first ?? tomorrow);
            var begin = first ?? end.PlusDays(-SummaryDays);
            query.Require(Period.DaysBetween(begin, end) <= MostDays + 1, "to", $"must be at most {MostDays + 1} days after 'from'.");
            return (From: begin, To: end);
        });
        if (asked.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var (from, to) = asked.Value;
        var cells = await readMatrix.ExecuteAsync(request.Developer(), from, to, cancellationToken);
        return Answer(request, StatsMatrixAnswer.Of(from.ToIso(), to.ToIso(), cells), WorktimeJson.Default.StatsMatrixAnswer);
    }

    private static IResult Answer<T>(HttpRequest request, T answer, JsonTypeInfo<T> type)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "private, max-age=60";

        // A browser in which another developer signs in meanwhile must not show what it has kept.
        headers.Append(HeaderNames.Vary, "Authorization, Cookie");
        return Reply.Json(answer, type);
    }

    private async Task<IReadOnlyList<DayTotal>> ListLastAsync(long developer, int days, CancellationToken cancellationToken)
    {
        var today = await FindTodayAsync(developer, cancellationToken);
        return await statistics.ListAsync(developer, today.PlusDays(1 - days), today.PlusDays(1), cancellationToken);
    }

    private async Task<LocalDate> FindTodayAsync(long developer, CancellationToken cancellationToken) =>
        LocalDay.Containing(clock.GetInstant(), await developerZone.FindAsync(developer, cancellationToken)).Date;

    private static long Average(long sum, long count) => count == 0 ? 0 : (sum + (count / 2)) / count;
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using TraderHub.Core.Jobs;
using TraderHub.Core.Jobs.Reports;
using TraderHub.Core.Jobs.Runs;
using TraderHub.Core.Platform;
using TraderHub.Data.Platform;
using TraderHub.Functions;

namespace TraderHub.LocalHost.Demo;

/// <summary>The demo's last week of reports: the real jobs, run one after the other with the clock at the moment when each was due.</summary>
internal static class DemoHistory
{
    private const int Days = 7;

    /// <summary>Makes the reports that were due in the last week and are not there; a second demo in the same folder makes only what is new.</summary>
    public static async Task MakeAsync(IConfiguration settings, Instant now, CancellationToken cancellationToken)
    {
        var clock = new PastClock { Now = now };
        await using var quotes = await SimulatedQuotes.StartAsync(clock, cancellationToken);
        await using var services = Compose(
            new ConfigurationBuilder().AddConfiguration(settings).AddInMemoryCollection([new(DemoSettings.QuotesKey, quotes.Address.ToString())]).Build(), clock);
        await services.PrepareStoresAsync(mayMigrate: true, cancellationToken);
        var runReport = services.GetRequiredService<RunReport>();
        var runs = services.GetRequiredService<IReportRuns>();
        foreach (var (report, date, due) in DueReports(now))
        {
            clock.Now = due;
            if ((await runs.ListAsync(report, date, date, cancellationToken)).Any(run => run.HasEndedWell()))
            {
                continue;
            }

            var started = await runReport.StartAsync(report, date, JobTriggers.Schedule, cancellationToken);
            if (started.Error is null)
            {
                await runReport.CompleteAsync(started.Value, cancellationToken);
            }
        }
    }

    /// <summary>The last date that has an end-of-day report.</summary>
    public static string LastDay(Instant now) => DueReports(now).Last(due => due.Report == ReportTypes.EndOfDay).Date.ToIso();

    private static IEnumerable<(string Report, LocalDate Date, Instant Due)> DueReports(Instant now)
    {
        var today = BusinessDate.Of(now);
        return from days in Enumerable.Range(0, Days + 1)
               let date = today.PlusDays(days - Days)
               from report in ReportTypes.Scheduled
               let due = ReportTimes.DueAt(report, date)
               where due <= now
               orderby due
               select (report, date, due.Value);
    }

    /// <summary>The application with another clock, for work that is done as if it were then.</summary>
    public static ServiceProvider Compose(IConfiguration settings, TimeProvider clock)
    {
        var services = new ServiceCollection().AddLogging(logging => logging.ClearProviders()).AddSingleton(settings).AddSingleton(clock);
        services.AddTraderHub(new SettingsReader(settings));
        return services.BuildServiceProvider();
    }
}

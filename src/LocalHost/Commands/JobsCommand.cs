using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Jobs;
using TraderHub.Core.Jobs.Runs;
using TraderHub.Core.Platform;
using TraderHub.Functions;

namespace TraderHub.LocalHost.Commands;

/// <summary><c>jobs</c>: the scheduled reports, run by hand.</summary>
internal static class JobsCommand
{
    private const int Failed = 1;

    private static readonly Argument<string> ReportArgument = CreateReportArgument();

    private static readonly Option<string?> DateOption = CreateDateOption();

    public static Command Create()
    {
        var run = new Command("run", "Make a report now, and wait for it.") { ReportArgument, DateOption };
        run.SetAction(RunAsync);
        return new Command("jobs", "The scheduled reports.") { run };
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var services = CommandServices.Compose(arguments);
        await services.PrepareStoresAsync(mayMigrate: true, cancellationToken);
        var report = arguments.GetValue(ReportArgument)!;
        var date = arguments.GetValue(DateOption) is { } text
            ? IsoTimes.ParseDate(text)!.Value
            : BusinessDate.Of(services.GetRequiredService<TimeProvider>().GetInstant());
        var isJson = arguments.GetValue(CommandLine.JsonOption);

        var runReport = services.GetRequiredService<RunReport>();
        var started = await runReport.StartAsync(report, date, JobTriggers.Manual, cancellationToken);
        if (started.Error is { } refusal)
        {
            ReportRow.Refused(report, date, refusal).Write(isJson);
            return Failed;
        }

        await runReport.CompleteAsync(started.Value, cancellationToken);
        var execution = await services.GetRequiredService<IJobRepository>().FindAsync(started.Value.Id, cancellationToken)
            ?? throw new InvalidDataException($"The run {started.Value.Start.RunId} was removed while it ran.");
        ReportRow.Of(execution).Write(isJson);
        return execution.Status == JobStatus.Failed ? Failed : 0;
    }

    private static Argument<string> CreateReportArgument()
    {
        var argument = new Argument<string>("report") { Description = $"One of: {string.Join(", ", ReportTypes.Scheduled)}." };
        argument.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is var text && !ReportTypes.Scheduled.Contains(text))
            {
                result.AddError($"There is no report '{text}'; the reports are: {string.Join(", ", ReportTypes.Scheduled)}.");
            }
        });
        return argument;
    }

    private static Option<string?> CreateDateOption()
    {
        var option = new Option<string?>("--date") { Description = "The business date, such as 2026-11-20; the current one without it.", HelpName = "date" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && IsoTimes.ParseDate(text) is null)
            {
                result.AddError($"--date must be a date such as 2026-11-20, not '{text}'.");
            }
        });
        return option;
    }
}

using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Jobs.Analysis;
using TraderHub.Core.Jobs.Quotes;
using TraderHub.Core.Jobs.Reports.Reading;
using TraderHub.Core.Jobs.Runs;
using TraderHub.Data;
using TraderHub.Data.Platform;

namespace TraderHub.Functions.Jobs;

internal static class ReportServices
{
    /// <summary>The analysis, the reports and what runs them.</summary>
    public static void AddReports(this IServiceCollection services, SettingsReader settings) => services
        .AddQuotes(settings)
        .AddSingleton(JobsOptions.Read(settings))
        .AddSingleton<IMarketAnalyzer, TechnicalAnalyzer>()
        .AddSingleton<FetchQuotes>()
        .AddSingleton<AnalyzeSymbols>()
        .AddSingleton<AnalyzeNow>()
        .AddSingleton<FindMorning>()
        .AddSingleton<IReportMaker, MakePreMarket>()
        .AddSingleton<IReportMaker, MakeIntraday>()
        .AddSingleton<IReportMaker, MakeEndOfDay>()
        .AddSingleton<IReportMaker, MakeWeekly>()
        .AddSingleton<RunReport>()
        .AddSingleton<RunScheduledReport>()
        .AddSingleton<ReadReport>()
        .AddSingleton<BackgroundRuns>()
        .AddHostedService(provider => provider.GetRequiredService<BackgroundRuns>());
}

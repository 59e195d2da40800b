using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Worktime.Activities;
using TraderHub.Core.Worktime.Profiles;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Core.Worktime.Statistics;
using TraderHub.Data.Worktime.Activities;
using TraderHub.Data.Worktime.Profiles;
using TraderHub.Data.Worktime.Sessions;
using TraderHub.Data.Worktime.Statistics;

namespace TraderHub.Data.Worktime;

/// <summary>The repositories of developers' time.</summary>
public static class TimeTrackingData
{
    /// <summary>Registers them.</summary>
    public static IServiceCollection AddTimeTrackingData(this IServiceCollection services) => services
        .AddSingleton<ITimeSessionRepository, SqlTimeSessionRepository>()
        .AddSingleton<ITimeSessionHistory, SqlTimeSessionHistory>()
        .AddSingleton<IWorktimeStatistics, SqlWorktimeStatistics>()
        .AddSingleton<IActivityRepository, SqlActivityRepository>()
        .AddSingleton<IProfileRepository, SqlProfileRepository>();
}

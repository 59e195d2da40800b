using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Jobs;
using TraderHub.Data;
using TraderHub.Data.Jobs;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Jobs;

internal static class JobsServices
{
    public static void AddJobs(this IServiceCollection services) => services
        .AddJobsData()
        .AddKeyedSingleton("jobs", (provider, _) => new IdempotentRequests(
            provider.GetRequiredService<JobsDatabase>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<JobLists>()
        .AddSingleton<StoreJob>()
        .AddSingleton<DeleteJob>()
        .AddSingleton<RunJob>()
        .AddSingleton<MarkStalledJobs>()
        .AddSingleton<ReadSchedule>();
}

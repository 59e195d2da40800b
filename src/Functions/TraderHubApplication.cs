using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using TraderHub.Data;
using TraderHub.Data.Migration;
using TraderHub.Data.Platform;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;
using TraderHub.Functions.Documentation;
using TraderHub.Functions.Http;
using TraderHub.Functions.Jobs;
using TraderHub.Functions.Migration;
using TraderHub.Functions.Operations;
using TraderHub.Functions.Pages;
using TraderHub.Functions.Signals;
using TraderHub.Functions.Trading;
using TraderHub.Functions.Worktime;

namespace TraderHub.Functions;

/// <summary>The whole application, the same in both hosts: its services, its middleware, and what must be ready before the first call.</summary>
public static class TraderHubApplication
{
    /// <summary>Registers every module. Problems of the settings are collected in the reader; the host ends with its <c>ThrowIfInvalid</c>.</summary>
    public static IServiceCollection AddTraderHub(this IServiceCollection services, SettingsReader settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddDatabases(settings);
        services.AddKeyValueStore(settings);
        services.AddMigration(settings);
        services.AddMigrationFunctions();
        services.AddHttpConventions(settings);
        services.AddTrading(settings);
        services.AddJobs();
        services.AddReports(settings);
        services.AddSignals(settings);
        services.AddDeveloperSignIn(settings);
        services.AddTimeTracking(settings);
        services.AddOperations(settings);
        services.AddPages();
        services.AddDocumentation();
        return services.AddSingleton(settings);
    }

    /// <summary>Adds the middleware, outermost first.</summary>
    public static IFunctionsWorkerApplicationBuilder UseTraderHub(this IFunctionsWorkerApplicationBuilder builder) => builder
        .UseWhen<RequestMiddleware>(IsHttp)
        .UseWhen<ExceptionMiddleware>(IsHttp)
        .UseWhen<CorsMiddleware>(IsHttp)
        .UseWhen<ShapeMiddleware>(IsHttp)
        .UseWhen<AuthenticationMiddleware>(IsHttp)
        .UseWhen<PageMiddleware>(IsHttp)
        .UseWhen<ResultMiddleware>(IsHttp)
        .UseWhen<TimerMiddleware>(context => !IsHttp(context));

    /// <summary>
    /// Brings the databases to this build's schema. A host that shares a database server with others, as in Azure, only checks that the deployment has
    /// done so.
    /// </summary>
    /// <exception cref="MigrationException">A database does not fit this build, or still waits for <c>db migrate</c>.</exception>
    public static async Task PrepareStoresAsync(this IServiceProvider services, bool mayMigrate, CancellationToken cancellationToken)
    {
        foreach (var database in services.GetServices<ModuleDatabase>())
        {
            var runner = new MigrationRunner(database, services.GetRequiredService<TimeProvider>());
            if (mayMigrate)
            {
                await runner.MigrateAsync(cancellationToken);
            }
            else
            {
                await runner.RequireMigratedAsync(cancellationToken);
            }
        }
    }

    private static bool IsHttp(FunctionContext context) => context.GetHttpContext() is not null;
}

using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TraderHub.Core.Operations.Health;
using TraderHub.Data.Platform;
using TraderHub.Data.Sql;
using TraderHub.Functions;
using TraderHub.Functions.Operations;
using TraderHub.Functions.Trading;

try
{
    var builder = FunctionsApplication.CreateBuilder(args);

    // Middleware that is registered before this call sees no HttpContext.
    builder.ConfigureFunctionsWebApplication();
    builder.UseTraderHub();
    var settings = new SettingsReader(builder.Configuration);
    builder.Services.AddTraderHub(settings);
    if (settings.IsInFunctionsPlan)
    {
        // In Azure, where everybody can reach it.
        SignInOptions.RequireDomain(settings);
    }

    settings.ThrowIfInvalid();
    builder.Services.AddSingleton<HostZoneCheck>().AddSingleton<IHealthCheck>(services => services.GetRequiredService<HostZoneCheck>());

    var host = builder.Build();
    host.Services.GetRequiredService<HostZoneCheck>().Warn();
    var isOwnStore = host.Services.GetRequiredService<DatabaseOptions>().Provider == DatabaseProvider.Sqlite;
    await host.Services.PrepareStoresAsync(mayMigrate: isOwnStore, CancellationToken.None);
    await host.Services.GetRequiredService<TimerRecorder>().PrepareAsync(CancellationToken.None);
    await host.RunAsync();
    return 0;
}
catch (Exception exception) when (StartFailure.Describe(exception) is { } problem)
{
    await Console.Error.WriteLineAsync(problem);
    return 1;
}

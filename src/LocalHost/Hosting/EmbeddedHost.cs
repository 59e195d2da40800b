using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Invocation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TraderHub.Data.Platform;
using TraderHub.Functions;
using TraderHub.Functions.Http;
using TraderHub.Functions.Operations;
using TraderHub.Functions.Trading;
using TraderHub.LocalHost.Hosting.Timers;

namespace TraderHub.LocalHost.Hosting;

/// <summary>Serves the functions on Kestrel and runs their timers: the Functions host's part, in this process.</summary>
internal sealed class EmbeddedHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private EmbeddedHost(WebApplication app) => this.app = app;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(app.Urls.First());

    /// <summary>Everything it is composed of.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>Starts a host; it serves when the task completes.</summary>
    /// <exception cref="InvalidSettingsException">Settings are wrong.</exception>
    /// <exception cref="IOException">The address is in use, or cannot be listened on.</exception>
    public static async Task<EmbeddedHost> StartAsync(EmbeddedHostOptions options, CancellationToken cancellationToken)
    {
        var app = Build(options);
        try
        {
            await app.Services.PrepareStoresAsync(mayMigrate: true, cancellationToken);
            await app.Services.GetRequiredService<TimerRecorder>().PrepareAsync(cancellationToken);
            await app.StartAsync(cancellationToken);
            return new EmbeddedHost(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the process is told to stop, and everything has.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => app.WaitForShutdownAsync(cancellationToken);

    /// <summary>Stops as a signal would.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => app.StopAsync(cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static WebApplication Build(EmbeddedHostOptions options)
    {
        var hostJson = HostJson.Load();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddConfiguration(options.Settings);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        // Its scope carries a request id that is not the one callers see.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);

        // What it would log of a failed start is thrown too, and told to the operator in a sentence.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Logging.AddConfiguration(options.Settings.GetSection("Logging"));
        options.ConfigureLogging(builder.Logging);
        builder.WebHost.UseKestrelCore().UseUrls(options.Url);

        builder.Services.AddSingleton(options.Clock);
        builder.Services.AddSingleton(ReadCatalog(options, hostJson));
        builder.Services.AddSingleton(hostJson);

        var settings = new SettingsReader(options.Settings);
        AddDrain(builder.Services, settings);
        var pipeline = new WorkerPipeline(builder.Services);
        pipeline.UseTraderHub();
        builder.Services.AddTraderHub(settings);
        if (!new Uri(options.Url).IsLoopback)
        {
            SignInOptions.RequireDomain(settings);
        }

        settings.ThrowIfInvalid();
        builder.Services.AddSingleton(pipeline);
        builder.Services.AddSingleton<IFunctionActivator, FunctionActivator>();
        builder.Services.AddSingleton<IFunctionExecutor, FunctionExecutor>();
        builder.Services.AddSingleton<HttpDispatcher>();
        builder.Services.AddSingleton<TimerHost>();
        builder.Services.AddHostedService(services => services.GetRequiredService<TimerHost>());
        options.ConfigureServices(builder.Services);

        var app = builder.Build();
        app.Run(app.Services.GetRequiredService<HttpDispatcher>().InvokeAsync);
        return app;
    }

    private static FunctionCatalog ReadCatalog(EmbeddedHostOptions options, HostJson hostJson)
    {
        var catalog = options.FunctionClasses is { } classes
            ? FunctionCatalog.Of(classes, hostJson.RoutePrefix)
            : FunctionCatalog.OfTraderHub(hostJson.RoutePrefix);
        return catalog
            .WithoutDisabled(options.Settings)
            .With(AdminFunctions.InvokeTimerFunction);
    }

    private static void AddDrain(IServiceCollection services, SettingsReader settings)
    {
        var drain = DrainOptions.Read(settings);
        services.AddSingleton(drain);
        services.AddSingleton<DrainService>();
        services.AddHostedService(provider => provider.GetRequiredService<DrainService>());
        services.Configure<HostOptions>(host => host.ShutdownTimeout = drain.TotalTime);
    }
}

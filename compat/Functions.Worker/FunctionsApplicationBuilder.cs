using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where a Functions app begins.</summary>
public class FunctionsApplication
{
    private FunctionsApplication()
    {
    }

    /// <summary>A builder with the host's defaults.</summary>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}

/// <summary>
/// Composes a Functions app. Everything registers as it does officially; what this build lacks is the channel to a Functions host, so
/// <see cref="Build"/> says so instead of starting a worker that nobody calls.
/// </summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly HostApplicationBuilder host;

    internal FunctionsApplicationBuilder(string[] args) => host = new HostApplicationBuilder(args);

    /// <inheritdoc />
    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)host).Properties;

    /// <summary>The app's settings.</summary>
    public ConfigurationManager Configuration => host.Configuration;

    /// <inheritdoc />
    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    /// <inheritdoc />
    public IHostEnvironment Environment => host.Environment;

    /// <inheritdoc />
    public ILoggingBuilder Logging => host.Logging;

    /// <inheritdoc />
    public IMetricsBuilder Metrics => host.Metrics;

    /// <inheritdoc cref="IHostApplicationBuilder.Services" />
    public IServiceCollection Services => host.Services;

    /// <inheritdoc />
    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull => host.ConfigureContainer(factory, configure);

    /// <inheritdoc />
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware) => this;

    /// <summary>The app.</summary>
    /// <exception cref="InvalidOperationException">Always: this build has no Functions worker.</exception>
    public IHost Build() => throw new InvalidOperationException(
        $"This build of '{Environment.ApplicationName}' has no Functions worker in it. Run src/LocalHost, which serves the same functions, "
        + "or build src/Functions with the official packages (README, 'In the Functions host').");
}

/// <summary>ASP.NET Core integration.</summary>
public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>Lets HTTP functions take an <c>HttpRequest</c> and return an <c>IResult</c>.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder) => builder;
}

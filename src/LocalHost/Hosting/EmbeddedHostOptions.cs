using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TraderHub.LocalHost.Hosting;

/// <summary>What an embedded host serves, where, and with which settings.</summary>
internal sealed record EmbeddedHostOptions
{
    /// <summary>The settings.</summary>
    public required IConfiguration Settings { get; init; }

    /// <summary>The address to listen on; port 0 takes a free one.</summary>
    public string Url { get; init; } = "http://127.0.0.1:7071";

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The function classes; null means those of TraderHub.</summary>
    public IReadOnlyList<Type>? FunctionClasses { get; init; }

    /// <summary>Adds to, or replaces, what the host is composed of.</summary>
    public Action<IServiceCollection> ConfigureServices { get; init; } = _ => { };

    /// <summary>Where the log goes.</summary>
    public Action<ILoggingBuilder> ConfigureLogging { get; init; } = HostLogging.ToStandardError;
}

using System.Text.Json.Serialization;
using TraderHub.Core.Operations.Health;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Operations;

/// <summary>The answer of <c>GET /api/health</c>.</summary>
/// <param name="Status"><c>healthy</c>; <c>degraded</c> when something does not work that the rest does without; <c>unhealthy</c>.</param>
/// <param name="Timestamp">When the answer was made, in unix milliseconds.</param>
/// <param name="Uptime">How long the process has run, in milliseconds.</param>
/// <param name="Version">The build.</param>
/// <param name="Environment">Where it runs, such as <c>production</c>.</param>
/// <param name="Memory">What the process holds.</param>
/// <param name="Services">What it works with.</param>
/// <param name="Modules">Each module's database; operators only.</param>
/// <param name="Upstreams">The systems that are asked; operators only.</param>
/// <param name="Timers">The scheduled functions; operators only.</param>
/// <param name="Disk">The disk of the data folder; operators only.</param>
public sealed record HealthAnswer(
    string Status,
    long Timestamp,
    long Uptime,
    string Version,
    string Environment,
    MemoryUse Memory,
    ServicesHealth Services,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ModuleHealth>? Modules,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<UpstreamHealth>? Upstreams,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<TimerRuns>? Timers,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DiskSpace? Disk);

/// <summary>What the process holds of the machine's memory, in MB.</summary>
/// <param name="HeapUsed">What objects take.</param>
/// <param name="HeapTotal">What is set aside for objects.</param>
/// <param name="Rss">What the process has in memory in all.</param>
/// <param name="External">What of it is not for objects.</param>
public sealed record MemoryUse(long HeapUsed, long HeapTotal, long Rss, long External);

/// <summary>What TraderHub works with. What is not configured is no fault.</summary>
/// <param name="Database">The SQL databases.</param>
/// <param name="Kv">The key-value store.</param>
/// <param name="HyperliquidApi">The exchange.</param>
/// <param name="Telegram">The Bot API; not configured without the bot's token and its webhook's secret.</param>
/// <param name="Redis">Not used; documented clients look for it.</param>
/// <param name="Websocket">Not used; documented clients look for it.</param>
public sealed record ServicesHealth(ServiceHealth Database, ServiceHealth Kv, ServiceHealth HyperliquidApi, ServiceHealth Telegram, ServiceHealth Redis, ServiceHealth Websocket)
{
    internal const string DatabaseService = "database";

    /// <summary>The services of a report.</summary>
    public static ServicesHealth From(HealthReport report) => new(
        ServiceHealth.Of(report, DatabaseService),
        ServiceHealth.Of(report, "kv"),
        ServiceHealth.Of(report, "hyperliquidApi"),
        ServiceHealth.Of(report, "telegram"),
        ServiceHealth.Of(report, "redis"),
        ServiceHealth.Of(report, "websocket"));
}

/// <summary>How a service is.</summary>
/// <param name="Status"><c>healthy</c>, <c>unhealthy</c> or <c>not_configured</c>.</param>
public sealed record ServiceHealth(string Status)
{
    internal static ServiceHealth Of(HealthReport report, string service)
    {
        var parts = report.Parts.Where(part => part.Check.Service == service).ToList();
        return new(parts.Count == 0 ? "not_configured" : StatusOf(parts.All(part => part.Works)));
    }

    internal static string StatusOf(bool works) => works ? "healthy" : "unhealthy";
}

/// <summary>How a module's database is.</summary>
/// <param name="Name">The module.</param>
/// <param name="Writable">Whether it takes writes.</param>
/// <param name="LatencyMs">How long a write took, in milliseconds; null when it failed.</param>
public sealed record ModuleHealth(string Name, bool Writable, decimal? LatencyMs);

/// <summary>How an upstream is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Status"><c>healthy</c> or <c>unhealthy</c>.</param>
/// <param name="LatencyMs">How long it took to answer, in milliseconds; null when it did not.</param>
public sealed record UpstreamHealth(string Name, string Status, decimal? LatencyMs);

/// <summary>The room on the disk of the data folder.</summary>
/// <param name="FreeBytes">What may still be filled.</param>
/// <param name="TotalBytes">All of it.</param>
/// <param name="Status"><c>healthy</c>, or <c>unhealthy</c> when less than 64 MB are free.</param>
public sealed record DiskSpace(long FreeBytes, long TotalBytes, string Status);

/// <summary>When a timer ran and runs.</summary>
/// <param name="Name">The function.</param>
/// <param name="Last">When its last run began, in UTC; null before the first.</param>
/// <param name="Next">When it is due, in UTC; null while the database does not tell.</param>
/// <param name="Overdue">Whether it should have run and did not.</param>
/// <param name="Result">How a run last ended: <c>succeeded</c> or <c>failed</c>; null before the first end.</param>
public sealed record TimerRuns(string Name, string? Last, string? Next, bool Overdue, string? Result)
{
    /// <summary>The runs of a timer.</summary>
    public static TimerRuns From(TimerHealth timer)
    {
        ArgumentNullException.ThrowIfNull(timer);
        return new(timer.Name, timer.Status?.LastStarted?.ToIso(), timer.Status?.Next.ToIso(), timer.IsOverdue, timer.Status?.Result);
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;
using NodaTime;
using TraderHub.Core.Operations.Health;
using TraderHub.Core.Platform;
using TraderHub.Data.Operations;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Operations;

/// <summary>What load balancers and operators ask.</summary>
public sealed class HealthFunctions(IHostApplicationLifetime lifetime, IHostEnvironment environment, CheckHealth checkHealth, DiskCheck disk, TimeProvider clock)
{
    private static readonly IResult Ok = Reply.Json(new Liveness("ok"), OperationsJson.Default.Liveness);

    private static readonly IResult Draining =
        Reply.Json(new Liveness("draining"), OperationsJson.Default.Liveness, StatusCodes.Status503ServiceUnavailable);

    /// <summary>200 while the process serves, 503 from the moment it is told to stop.</summary>
    [Function(nameof(Health))]
    [Access(Caller.Anybody)]
    [Returns<Liveness>("It serves.")]
    [Returns<Liveness>(503, "It takes no new requests.")]
    public IResult Health([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health")] HttpRequest request) =>
        lifetime.ApplicationStopping.IsCancellationRequested ? Draining : Ok;

    /// <summary>How the system is: whether its parts work, to anybody; how well, to operators.</summary>
    [Function(nameof(GetHealth))]
    [Access(Caller.Anybody, Knows = Caller.Operator)]
    [Returns<HealthAnswer>("It works, if not all of it.")]
    [Returns<HealthAnswer>(503, "What nothing works without does not work.")]
    public async Task<IResult> GetHealth(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health")] HttpRequest request, CancellationToken cancellationToken)
    {
        var report = await checkHealth.ExecuteAsync(cancellationToken);
        return Reply.Json(
            Describe(report, request.IsFromOperator()),
            OperationsJson.Default.HealthAnswer,
            report.State == HealthState.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    private HealthAnswer Describe(HealthReport report, bool inDetail) => new(
        report.State.ToString().ToLowerInvariant(),
        clock.GetInstant().ToUnixTimeMilliseconds(),
        ThisProcess.UptimeMs,
        ThisProcess.Version,
        environment.EnvironmentName.ToLowerInvariant(),
        ThisProcess.ReadMemory(),
        ServicesHealth.From(report),
        inDetail ? report.Parts.Where(IsDatabase).Select(part => new ModuleHealth(part.Check.Part, part.Works, Milliseconds(part.Latency))).ToList() : null,
        inDetail ? report.Parts.Where(IsUpstream).Select(DescribeUpstream).ToList() : null,
        inDetail ? report.Timers.Select(TimerRuns.From).ToList() : null,
        inDetail && disk.FindRoom() is { } room ? new DiskSpace(room.FreeBytes, room.TotalBytes, ServiceHealth.Of(report, DiskCheck.DiskService).Status) : null);

    private static bool IsDatabase(PartHealth part) => part.Check.Service == ServicesHealth.DatabaseService;

    private static bool IsUpstream(PartHealth part) => !IsDatabase(part) && part.Check.Service != DiskCheck.DiskService;

    private static UpstreamHealth DescribeUpstream(PartHealth part) =>
        new(part.Check.Part, ServiceHealth.StatusOf(part.Works), Milliseconds(part.Latency));

    private static decimal? Milliseconds(Duration? latency) => latency is { } duration ? decimal.Round((decimal)duration.TotalMilliseconds, 1) : null;
}

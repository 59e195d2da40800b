using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Operations;

/// <summary>What load balancers and operators ask.</summary>
public sealed class HealthFunctions(IHostApplicationLifetime lifetime)
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
}

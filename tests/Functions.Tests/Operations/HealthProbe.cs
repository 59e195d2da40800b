using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Tests.Operations;

public sealed class HealthProbe
{
    [Function(nameof(Probe))]
    [Access(Caller.Anybody)]
    public IResult Probe([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "probe")] HttpRequest request) =>
        Results.Text(request.Path);
}

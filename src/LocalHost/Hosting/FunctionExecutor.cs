using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Invocation;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Functions;

namespace TraderHub.LocalHost.Hosting;

/// <summary>Runs a function by the code that the worker's SDK generates for it; the function that this host adds, of which that code does not know, directly.</summary>
internal sealed class FunctionExecutor(IFunctionActivator activator) : IFunctionExecutor
{
    private readonly DirectFunctionExecutor functions = new(activator);

    public ValueTask ExecuteAsync(FunctionContext context) =>
        context.FunctionDefinition.Name == AdminFunctions.InvokeTimerFunction.Name ? InvokeTimerAsync(context) : functions.ExecuteAsync(context);

    private static async ValueTask InvokeTimerAsync(FunctionContext context)
    {
        var admin = ActivatorUtilities.CreateInstance<AdminFunctions>(context.InstanceServices);
        var request = context.GetHttpContext()!.Request;
        context.GetInvocationResult().Value = await admin.InvokeTimer(request, (string)request.RouteValues["name"]!, context.CancellationToken);
    }
}

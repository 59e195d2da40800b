using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace TraderHub.LocalHost.Hosting;

/// <summary>
/// Holds what a function returned. The worker's <c>GetInvocationResult()</c> looks for it under an interface that is internal to the worker, so it
/// cannot be implemented by name; of its members only the result is used without a Functions host.
/// </summary>
internal class InvocationResultFeature : DispatchProxy
{
    /// <summary>The interface, which is also the key among the features.</summary>
    public static readonly Type Contract = typeof(FunctionContext).Assembly.GetType(
        "Microsoft.Azure.Functions.Worker.Context.Features.IFunctionBindingsFeature", throwOnError: true)!;

    private object? result;

    public static object Create() => Create(Contract, typeof(InvocationResultFeature));

    /// <inheritdoc />
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        "get_InvocationResult" => result,
        "set_InvocationResult" => result = args![0],
        var other => throw new NotSupportedException($"{Contract.Name}.{other} is not there in the embedded host."),
    };
}

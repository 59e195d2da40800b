using System.Reflection;
using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Context.Features;
using Microsoft.Azure.Functions.Worker.Invocation;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Tests;

/// <summary>Runs the functions of tests, for which the worker's SDK generates no code because they are nested in their tests.</summary>
internal sealed class ReflectedFunctions(FunctionCatalog catalog, IFunctionActivator activator) : IFunctionExecutor
{
    private readonly Dictionary<string, MethodInfo> methods = catalog.Http.Select(function => (function.Name, function.Method))
        .Concat(catalog.Timers.Select(timer => (timer.Name, timer.Method)))
        .ToDictionary(function => function.Name, function => function.Method);

    public async ValueTask ExecuteAsync(FunctionContext context)
    {
        var method = methods[context.FunctionDefinition.Name];
        var inputs = await context.Features.Get<IFunctionInputBindingFeature>()!.BindFunctionInputAsync(context);
        var returned = Invoke(method, activator.CreateInstance(method.DeclaringType!, context)!, inputs.Values);
        if (returned is Task task)
        {
            await task;
        }

        context.GetInvocationResult().Value = returned is Task<IResult> answer ? await answer : returned as IResult;
    }

    private static object? Invoke(MethodInfo method, object instance, object?[] values)
    {
        try
        {
            return method.Invoke(instance, values);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause);
            throw;
        }
    }
}

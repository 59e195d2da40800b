using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace TraderHub.LocalHost.Hosting;

/// <summary>Calls a function's method: makes its class, gives each parameter its value, and waits for the result.</summary>
internal sealed class FunctionMethod
{
    private static readonly Dictionary<Type, Func<string, object>> RouteValueTypes = new()
    {
        [typeof(string)] = text => text,
        [typeof(int)] = text => int.Parse(text, CultureInfo.InvariantCulture),
        [typeof(long)] = text => long.Parse(text, CultureInfo.InvariantCulture),
        [typeof(Guid)] = text => Guid.Parse(text, CultureInfo.InvariantCulture),
    };

    private readonly Lazy<ObjectFactory> create;
    private readonly MethodInvoker invoker;
    private readonly Func<FunctionContext, object?>[] parameters;

    /// <exception cref="InvalidOperationException">A parameter or the result is of a type that functions here do not have.</exception>
    public FunctionMethod(MethodInfo method)
    {
        // Compiled at the first call: most functions are not called while the host starts.
        create = new Lazy<ObjectFactory>(() => ActivatorUtilities.CreateFactory(method.DeclaringType!, []));
        invoker = MethodInvoker.Create(method);
        parameters = method.GetParameters().Select(parameter => Bind(method, parameter)).ToArray();
        if (method.ReturnType != typeof(Task<IResult>) && method.ReturnType != typeof(Task) && method.ReturnType != typeof(IResult) && method.ReturnType != typeof(void))
        {
            throw new InvalidOperationException($"{NameOf(method)} returns {method.ReturnType.Name}; a function returns IResult, Task<IResult>, Task or nothing.");
        }
    }

    /// <summary>Runs the function; its result is returned, null when it has none.</summary>
    public async Task<IResult?> InvokeAsync(FunctionContext context)
    {
        switch (Call(create.Value(context.InstanceServices, null), context))
        {
            case Task<IResult> answer:
                return await answer;
            case Task task:
                await task;
                return null;
            case var result:
                return result as IResult;
        }
    }

    private object? Call(object instance, FunctionContext context)
    {
        var arguments = new object?[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            arguments[i] = parameters[i](context);
        }

        try
        {
            return invoker.Invoke(instance, arguments.AsSpan());
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } cause)
        {
            // What the function threw, as if it had been called without reflection.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(cause);
            throw;
        }
    }

    private static Func<FunctionContext, object?> Bind(MethodInfo method, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(HttpRequest))
        {
            return context => context.GetHttpContext()!.Request;
        }

        if (type == typeof(FunctionContext))
        {
            return context => context;
        }

        if (type == typeof(CancellationToken))
        {
            return context => context.CancellationToken;
        }

        if (type == typeof(TimerInfo))
        {
            return context => context.Features.Get<TimerInfo>();
        }

        return RouteValueTypes.TryGetValue(type, out var convert)
            ? context => convert((string)context.GetHttpContext()!.Request.RouteValues[parameter.Name!]!)
            : throw new InvalidOperationException($"{NameOf(method)} has a parameter '{parameter.Name}' of type {type.Name}, which no function parameter can have.");
    }

    private static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}

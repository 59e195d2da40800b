using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Context.Features;

namespace TraderHub.LocalHost.Hosting;

/// <summary>Gives each parameter of a function its value; the worker's generated executor asks for them.</summary>
internal sealed class FunctionInputs : IFunctionInputBindingFeature
{
    private static readonly Dictionary<Type, Func<string, object>> RouteValueTypes = new()
    {
        [typeof(string)] = text => text,
        [typeof(int)] = text => int.Parse(text, CultureInfo.InvariantCulture),
        [typeof(long)] = text => long.Parse(text, CultureInfo.InvariantCulture),
        [typeof(Guid)] = text => Guid.Parse(text, CultureInfo.InvariantCulture),
    };

    private readonly Func<FunctionContext, object?>[] parameters;

    /// <exception cref="InvalidOperationException">A parameter is of a type that functions here do not have.</exception>
    public FunctionInputs(MethodInfo method) => parameters = method.GetParameters().Select(parameter => Bind(method, parameter)).ToArray();

    public ValueTask<FunctionInputBindingResult> BindFunctionInputAsync(FunctionContext context)
    {
        var values = new object?[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            values[i] = parameters[i](context);
        }

        return ValueTask.FromResult(new FunctionInputBindingResult(values));
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
            : throw new InvalidOperationException(
                $"{method.DeclaringType!.Name}.{method.Name} has a parameter '{parameter.Name}' of type {type.Name}, which no function parameter can have.");
    }
}

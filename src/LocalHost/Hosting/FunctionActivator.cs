using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace TraderHub.LocalHost.Hosting;

/// <summary>Makes the object whose method is the function. How is compiled at the first call of its class: most are not called while the host starts.</summary>
internal sealed class FunctionActivator : IFunctionActivator
{
    private readonly ConcurrentDictionary<Type, ObjectFactory> factories = new();

    public object? CreateInstance(Type instanceType, FunctionContext context) =>
        factories.GetOrAdd(instanceType, static type => ActivatorUtilities.CreateFactory(type, []))(context.InstanceServices, null);
}

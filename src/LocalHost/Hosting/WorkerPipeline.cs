using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace TraderHub.LocalHost.Hosting;

/// <summary>The worker's middleware, around every function.</summary>
internal sealed class WorkerPipeline(IServiceCollection services) : IFunctionsWorkerApplicationBuilder
{
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware = [];

    public IServiceCollection Services => services;

    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        this.middleware.Add(middleware);
        return this;
    }

    /// <summary>The pipeline that ends in a function.</summary>
    public FunctionExecutionDelegate Build(FunctionMethod function)
    {
        FunctionExecutionDelegate pipeline = async context => context.GetInvocationResult().Value = await function.InvokeAsync(context);
        return Enumerable.Reverse(middleware).Aggregate(pipeline, (inner, around) => around(inner));
    }
}

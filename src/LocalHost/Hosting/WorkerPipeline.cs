using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Invocation;
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

    /// <summary>The pipeline; at its end the executor runs the function that the context names.</summary>
    public FunctionExecutionDelegate Build(IFunctionExecutor executor)
    {
        FunctionExecutionDelegate pipeline = context => executor.ExecuteAsync(context).AsTask();
        return Enumerable.Reverse(middleware).Aggregate(pipeline, (inner, around) => around(inner));
    }
}

namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a function returned.</summary>
public abstract class InvocationResult : InvocationResult<object>;

/// <summary>What a function returned, as a type.</summary>
public abstract class InvocationResult<T>
{
    /// <summary>The value; middleware may replace it, or take it away.</summary>
    public abstract T? Value { get; set; }
}

/// <summary>What middleware asks of an invocation.</summary>
public static class FunctionContextBindingFeatureExtensions
{
    /// <summary>The result of the function, once it has run.</summary>
    public static InvocationResult GetInvocationResult(this FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<InvocationResult>()!;
    }
}

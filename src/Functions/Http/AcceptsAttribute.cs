namespace TraderHub.Functions.Http;

/// <summary>States what the body of a function's requests is; <see cref="RequestBody"/> reads it as JSON or as an HTML form.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class AcceptsAttribute : Attribute
{
    /// <summary>The contract of the body.</summary>
    public abstract Type Contract { get; }
}

/// <inheritdoc />
[AttributeUsage(AttributeTargets.Method)]
public sealed class AcceptsAttribute<T> : AcceptsAttribute
{
    /// <inheritdoc />
    public override Type Contract => typeof(T);
}

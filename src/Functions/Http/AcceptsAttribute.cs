namespace TraderHub.Functions.Http;

/// <summary>States what the body of a function's requests is; <see cref="RequestBody"/> reads it as JSON or as an HTML form.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class AcceptsAttribute : Attribute
{
    /// <summary>The contract of the body.</summary>
    public abstract Type Contract { get; }

    /// <summary>Whether the body says what changes, and is read as a merge patch too.</summary>
    public bool IsPatch { get; init; }

    /// <summary>Whether a request without a body is one that has none of the fields.</summary>
    public bool IsOptional { get; init; }
}

/// <inheritdoc />
[AttributeUsage(AttributeTargets.Method)]
public sealed class AcceptsAttribute<T> : AcceptsAttribute
{
    /// <inheritdoc />
    public override Type Contract => typeof(T);
}

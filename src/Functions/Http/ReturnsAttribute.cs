using Microsoft.AspNetCore.Http;

namespace TraderHub.Functions.Http;

/// <summary>States an answer of a function. Functions that state none, such as the one that takes unknown routes, are not part of the documented API.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public class ReturnsAttribute(int status, string description) : Attribute
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>When it is given, and what it says.</summary>
    public string Description { get; } = description;

    /// <summary>The contract of the body; null when the body is no contract of ours, or there is none.</summary>
    public virtual Type? Contract => null;

    /// <summary>The body's media type; null without a body.</summary>
    public string? MediaType { get; init; }
}

/// <summary>States an answer whose body is a contract.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ReturnsAttribute<T> : ReturnsAttribute
{
    /// <summary>The answer of a status.</summary>
    public ReturnsAttribute(int status, string description)
        : base(status, description) => MediaType = "application/json";

    /// <summary>The answer when all is well.</summary>
    public ReturnsAttribute(string description)
        : this(StatusCodes.Status200OK, description)
    {
    }

    /// <inheritdoc />
    public override Type Contract => typeof(T);
}

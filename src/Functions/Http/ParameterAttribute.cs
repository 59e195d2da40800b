namespace TraderHub.Functions.Http;

/// <summary>Where a parameter of a request stands.</summary>
public enum ParameterPlace
{
    /// <summary>In the path; the route says so itself.</summary>
    Path,

    /// <summary>In the query.</summary>
    Query,

    /// <summary>In a header.</summary>
    Header,

    /// <summary>In a cookie.</summary>
    Cookie,
}

/// <summary>States a parameter that a function reads. Those of its route are known without.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public abstract class ParameterAttribute(ParameterPlace place, string name, Type type, string description) : Attribute
{
    /// <summary>Where it stands.</summary>
    public ParameterPlace Place { get; } = place;

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>The type of its value.</summary>
    public Type Type { get; } = type;

    /// <summary>What it means.</summary>
    public string Description { get; } = description;

    /// <summary>Whether a request without it is refused.</summary>
    public bool Required { get; init; }
}

/// <summary>States a parameter of the query.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class QueryAttribute<T>(string name, string description) : ParameterAttribute(ParameterPlace.Query, name, typeof(T), description);

/// <summary>States a header.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class HeaderAttribute(string name, string description) : ParameterAttribute(ParameterPlace.Header, name, typeof(string), description);

/// <summary>States a cookie.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class CookieAttribute(string name, string description) : ParameterAttribute(ParameterPlace.Cookie, name, typeof(string), description);

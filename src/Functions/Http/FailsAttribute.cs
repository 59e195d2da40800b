namespace TraderHub.Functions.Http;

/// <summary>
/// States a problem that a function answers. Those that follow from what else it states, such as 401 for a trader's function or 415 for one with a body,
/// are known without.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class FailsAttribute(int status, string description, params string[] codes) : Attribute
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>When it is given.</summary>
    public string Description { get; } = description;

    /// <summary>The problem's codes.</summary>
    public IReadOnlyList<string> Codes { get; } = codes;
}

/// <summary>States that a function asks another system while its caller waits, and so can fail with it (rule U1).</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AsksAttribute(string upstream) : Attribute
{
    /// <summary>The system's name, as users know it.</summary>
    public string Upstream { get; } = upstream;
}

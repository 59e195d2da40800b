namespace TraderHub.Functions.Http;

/// <summary>Who may call an HTTP function.</summary>
public enum Caller
{
    /// <summary>Anybody.</summary>
    Anybody,

    /// <summary>A trader with a session; the function serves that trader's data only.</summary>
    Trader,
}

/// <summary>States who may call a function. Every HTTP function has one: the catalog refuses those without.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AccessAttribute(Caller caller) : Attribute
{
    /// <summary>Who may call.</summary>
    public Caller Caller { get; } = caller;
}

namespace TraderHub.Functions.Http;

/// <summary>Who may call an HTTP function.</summary>
public enum Caller
{
    /// <summary>Anybody.</summary>
    Anybody,

    /// <summary>A trader with a session; the function serves that trader's data only.</summary>
    Trader,

    /// <summary>A developer who signed in with GitHub; the function serves that developer's data only.</summary>
    Developer,

    /// <summary>A program with an API key that has the function's scope; operators too.</summary>
    Program,

    /// <summary>An operator.</summary>
    Operator,
}

/// <summary>States who may call a function. Every HTTP function has one: the catalog refuses those without.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AccessAttribute(Caller caller) : Attribute
{
    /// <summary>Who may call.</summary>
    public Caller Caller { get; } = caller;

    /// <summary>
    /// Whom a function that is for <see cref="Caller.Anybody"/> tells apart when they prove who they are. <see cref="Caller.Anybody"/> is nobody.
    /// </summary>
    public Caller Knows { get; init; }

    /// <summary>Whether the token of a <see cref="Caller.Developer"/> may have expired, as long as the sign-in behind it has not ended.</summary>
    public bool AllowsExpired { get; init; }

    /// <summary>Who proves what matters to the function: whom it is for, or whom it tells apart.</summary>
    public Caller Wanted => Caller == Caller.Anybody ? Knows : Caller;

    /// <summary>The scope that a <see cref="Caller.Program"/> needs, one of <see cref="Scopes"/>.</summary>
    public string? Scope { get; init; }
}

/// <summary>What an API key may do.</summary>
public static class Scopes
{
    /// <summary>Read jobs with their error texts.</summary>
    public const string JobsRead = "jobs:read";

    /// <summary>Write job results.</summary>
    public const string JobsWrite = "jobs:write";

    /// <summary>Read the bot's data.</summary>
    public const string SignalsRead = "signals:read";

    /// <summary>Write the bot's data.</summary>
    public const string SignalsWrite = "signals:write";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [JobsRead, JobsWrite, SignalsRead, SignalsWrite];
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Documentation;

/// <summary>How callers prove who they are.</summary>
internal static class SecuritySchemes
{
    private const string SessionToken = "sessionToken";

    private const string Session = "sessionCookie";

    /// <summary>Every scheme.</summary>
    public static JsonObject All() => new()
    {
        [SessionToken] = new JsonObject
        {
            ["type"] = "http",
            ["scheme"] = "bearer",
            ["description"] = "A trader's session token.",
        },
        [Session] = new JsonObject
        {
            ["type"] = "apiKey",
            ["in"] = "cookie",
            ["name"] = SessionCookie.Name,
            ["description"] = "The same token in the cookie that signing in sets.",
        },
    };

    /// <summary>The schemes that let a caller through, any one of them; empty where nobody need prove anything.</summary>
    public static IReadOnlyList<string> Of(Caller caller) => caller switch
    {
        Caller.Anybody => [],
        Caller.Trader => [SessionToken, Session],
        _ => throw new UnreachableException($"No security scheme for {caller}."),
    };
}

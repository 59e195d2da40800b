using System.Diagnostics;
using System.Text.Json.Nodes;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Documentation;

/// <summary>How callers prove who they are.</summary>
internal static class SecuritySchemes
{
    private const string SessionToken = "sessionToken";

    private const string Session = "sessionCookie";

    private const string DeveloperToken = "developerToken";

    private const string Developer = "developerCookie";

    private const string ApiKey = "apiKey";

    private const string OperatorToken = "operatorToken";

    private const string Operator = "operatorCookie";

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
            ["description"] = "The same token in the cookie that signing in sets. Changes also need the header X-Requested-With.",
        },
        [DeveloperToken] = new JsonObject
        {
            ["type"] = "http",
            ["scheme"] = "bearer",
            ["bearerFormat"] = "JWT",
            ["description"] = "The token of a developer who signed in with GitHub, good for an hour.",
        },
        [Developer] = new JsonObject
        {
            ["type"] = "apiKey",
            ["in"] = "cookie",
            ["name"] = DeveloperCookie.Name,
            ["description"] = "The same token in the cookie that signing in with a browser sets. Changes also need the header X-Requested-With.",
        },
        [ApiKey] = new JsonObject
        {
            ["type"] = "apiKey",
            ["in"] = "header",
            ["name"] = Authenticator.KeyHeader,
            ["description"] = "A program's key, for what its scopes allow.",
        },
        [OperatorToken] = new JsonObject
        {
            ["type"] = "http",
            ["scheme"] = "bearer",
            ["description"] = "The operator's token, the setting Auth:AdminToken.",
        },
        [Operator] = new JsonObject
        {
            ["type"] = "apiKey",
            ["in"] = "cookie",
            ["name"] = OperatorCookie.Name,
            ["description"] = "The cookie that an operator's sign-in sets, for an hour. Changes also need the header X-Requested-With.",
        },
    };

    /// <summary>The schemes by which a function knows its callers, any one of them.</summary>
    public static IReadOnlyList<string> Of(AccessAttribute access) => Of(access.Wanted);

    private static string[] Of(Caller caller) => caller switch
    {
        Caller.Anybody => [],
        Caller.Trader => [SessionToken, Session],
        Caller.Developer => [DeveloperToken, Developer],
        Caller.Program => [ApiKey, OperatorToken, Operator],
        Caller.Operator => [OperatorToken, Operator],
        _ => throw new UnreachableException($"No security scheme for {caller}."),
    };
}

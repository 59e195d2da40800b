using Microsoft.AspNetCore.Http;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Documentation;

/// <summary>The problems with which a function refuses those who may not call it.</summary>
internal static class AccessFailures
{
    private static readonly FailsAttribute NoProof = new(StatusCodes.Status401Unauthorized, "The caller brings no proof.", "AUTHENTICATION_REQUIRED");

    private static readonly FailsAttribute[] OfProofs =
    [
        new(StatusCodes.Status401Unauthorized, "The caller's proof is not accepted.", "API_KEY_NOT_VALID", "SESSION_NOT_VALID", "SIGN_IN_ENDED", "TOKEN_EXPIRED", "TOKEN_NOT_VALID"),
        new(StatusCodes.Status429TooManyRequests, "Too many proofs from this address were not accepted.", "TOO_MANY_ATTEMPTS"),
        new(StatusCodes.Status503ServiceUnavailable, "The data cannot be reached.", "STORAGE_UNAVAILABLE"),
    ];

    private static readonly FailsAttribute OfChanges =
        Forbidden($"Only a cookie vouches for the caller, and the header {SessionCookie.OwnPageHeader} is missing.", "CSRF_HEADER_REQUIRED");

    /// <summary>The problems of a function; none where nobody is refused.</summary>
    public static IEnumerable<FailsAttribute> Of(HttpFunction function) => function.Access switch
    {
        { Caller: Caller.Anybody, Knows: Caller.Trader or Caller.Program or Caller.Developer } => [.. OfProofs, .. OfWrites(function)],
        { Caller: Caller.Anybody } => [],
        var access => [NoProof, .. OfProofs, .. OfCaller(access), .. OfWrites(function)],
    };

    private static FailsAttribute[] OfWrites(HttpFunction function) => function.IsRead ? [] : [OfChanges];

    private static FailsAttribute[] OfCaller(AccessAttribute access) => access.Caller switch
    {
        Caller.Trader => [Forbidden("The caller is no trader.", "TRADER_REQUIRED")],
        Caller.Developer => [Forbidden("The caller is no developer, or this server has none.", "DEVELOPERS_NOT_CONFIGURED", "DEVELOPER_REQUIRED")],
        Caller.Program => [Forbidden($"The key has not the scope `{access.Scope}`.", "SCOPE_REQUIRED")],
        Caller.Operator => [Forbidden("The caller is no operator, or this server has none.", "OPERATOR_NOT_CONFIGURED", "OPERATOR_REQUIRED")],
        _ => [],
    };

    private static FailsAttribute Forbidden(string description, params string[] codes) => new(StatusCodes.Status403Forbidden, description, codes);
}

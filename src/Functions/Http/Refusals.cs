using TraderHub.Core.Platform;

namespace TraderHub.Functions.Http;

/// <summary>Refusals that more than one place gives.</summary>
internal static class Refusals
{
    /// <summary>Too many failed attempts came from the caller's address.</summary>
    public static Error TooManyAttempts(TimeSpan wait) => new(
        ErrorKind.TooManyRequests, "TOO_MANY_ATTEMPTS", "Too many failed attempts came from this address. Wait before the next one.")
    { RetryAfter = wait };

    /// <summary>There is no operator on this server.</summary>
    public static Error NoOperator() => new(
        ErrorKind.Forbidden, "OPERATOR_NOT_CONFIGURED", "This is for operators, and the setting Auth:AdminToken, which makes one, is missing.");
}

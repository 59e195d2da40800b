using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime.SignIn;

/// <summary>The refusals of developers' sign-ins and tokens.</summary>
public static class SignInErrors
{
    /// <summary>The code of a token that nobody here has made.</summary>
    public const string TokenNotValid = "TOKEN_NOT_VALID";

    /// <summary>The code of a token that was presented again after it was exchanged.</summary>
    public const string TokenReused = "TOKEN_REUSED";

    /// <summary>The token is none of this server's.</summary>
    public static Error NotValid { get; } = new(ErrorKind.Unauthenticated, TokenNotValid, "The token is none of this server's. Sign in with GitHub.");

    /// <summary>The token's hour is over.</summary>
    public static Error Expired { get; } = new(
        ErrorKind.Unauthenticated, "TOKEN_EXPIRED", "The token has expired. POST /auth/refresh exchanges it for a new one, up to seven days after the sign-in.");

    /// <summary>The sign-in behind the token is over.</summary>
    public static Error Ended { get; } = new(
        ErrorKind.Unauthenticated, "SIGN_IN_ENDED", "The sign-in that the token goes back to has ended. Sign in with GitHub again.");

    /// <summary>The token was exchanged before: somebody else may have it.</summary>
    public static Error Reused { get; } = new(
        ErrorKind.Unauthenticated,
        TokenReused,
        "The token was exchanged for another one before, so two callers may have it. The sign-in has ended for both; sign in with GitHub again.");
}

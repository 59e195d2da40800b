using TraderHub.Core.Platform;

namespace TraderHub.Functions.Http;

/// <summary>Refusals that more than one place gives.</summary>
internal static class Refusals
{
    /// <summary>Nobody can sign in with GitHub on this server.</summary>
    public static Error NoDevelopers(string missing) => new(
        ErrorKind.Forbidden, "DEVELOPERS_NOT_CONFIGURED", $"Signing in with GitHub is closed here, because these settings are missing: {missing}. An operator can set them.");

    /// <summary>There is no operator on this server.</summary>
    public static Error NoOperator() => new(
        ErrorKind.Forbidden, "OPERATOR_NOT_CONFIGURED", "This is for operators, and the setting Auth:AdminToken, which makes one, is missing.");
}

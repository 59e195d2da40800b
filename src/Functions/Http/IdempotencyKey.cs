namespace TraderHub.Functions.Http;

/// <summary>What functions that <see cref="IdempotentRequests"/> serves state about it.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    public const string Description =
        "The request's own key: sent again under it within 24 hours, the request is answered as the first time and not done again.";

    public const string NotValid = "The header Idempotency-Key is no key.";

    public const string NotValidCode = "IDEMPOTENCY_KEY_NOT_VALID";

    public const string ReusedCode = "IDEMPOTENCY_KEY_REUSED";
}

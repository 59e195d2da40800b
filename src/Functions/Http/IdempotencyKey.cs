using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Platform;
using TraderHub.Data.Sql.Idempotency;

namespace TraderHub.Functions.Http;

/// <summary>The header Idempotency-Key: how it is read everywhere, and what functions that take it state about it (rule H2).</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    public const string ReplayedHeader = "Idempotency-Replayed";

    public const string Description =
        "The request's own key: sent again under it within 24 hours, the request is answered as the first time and not done again.";

    public const string NotValid = "The header Idempotency-Key is no key.";

    public const string NotValidCode = "IDEMPOTENCY_KEY_NOT_VALID";

    public const string ReusedCode = "IDEMPOTENCY_KEY_REUSED";

    private const int Longest = 255;

    /// <summary>What a key was used for another body is refused with.</summary>
    public static Error Reused { get; } = new(
        ErrorKind.Conflict, ReusedCode, $"This '{Header}' was used for another body in the last 24 hours. Use a new key for a new request.");

    /// <summary>The key of a request, which is its caller's and its route's, however the path is spelled; null when it has none.</summary>
    public static Result<RequestKey?> Read(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(Header, out var header))
        {
            return (RequestKey?)null;
        }

        var text = header is [{ } only] ? only : string.Empty;
        return text.Length is > 0 and <= Longest && text.All(character => character is > ' ' and <= '~')
            ? new RequestKey(request.Identity().Name, request.Method, request.CanonicalPath(), text)
            : new Error(ErrorKind.Invalid, NotValidCode, $"The header '{Header}' must be there once, with 1 to {Longest} visible ASCII characters.");
    }

    /// <summary>What of a body is kept, to tell another under the same key.</summary>
    public static string HashOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));

    /// <summary>The operation that a key names in the engine, which does it once; without a key it is an operation that nobody sends again.</summary>
    public static OperationId OperationOf(RequestKey? key) =>
        key is null ? OperationId.New() : OperationId.Of(key.Caller, key.Method, key.Route, key.Key);
}

using Microsoft.AspNetCore.Http;

namespace TraderHub.Functions.Http;

/// <summary>
/// The largest bodies that are read, in bytes, by who may send them (rule H8). Where the caller must be known, nothing of the body is read before
/// that; where anybody may call, little is, for it costs the one who sends it nothing.
/// </summary>
internal static class BodyLimits
{
    /// <summary>Of strangers: a form, or a signed message.</summary>
    public const int OfStrangers = 16 * 1024;

    /// <summary>Of callers who are known.</summary>
    public const int OfKnownCallers = 1024 * 1024;

    /// <summary>Of GitHub, whose signature is of the body itself: a pull request, with a description as long as GitHub takes.</summary>
    public const int OfDeliveries = 512 * 1024;

    /// <summary>The limit of a function.</summary>
    public static int Of(HttpFunction function) =>
        function.LargestBody ?? (function.Caller == Caller.Anybody ? OfStrangers : OfKnownCallers);

    /// <summary>The limit of a request.</summary>
    public static int BodyLimit(this HttpRequest request) => request.HttpContext.Features.Get<Limit>()?.Bytes ?? OfStrangers;

    /// <summary>Gives a request the limit of its function.</summary>
    public static void SetBodyLimit(this HttpContext http, HttpFunction function) => http.Features.Set(new Limit(Of(function)));

    private sealed record Limit(int Bytes);
}

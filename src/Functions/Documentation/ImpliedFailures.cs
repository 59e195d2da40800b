using System.Reflection;
using Microsoft.AspNetCore.Http;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Documentation;

/// <summary>The problems that follow from what a function states about itself: the middleware and the readers of requests answer them.</summary>
internal static class ImpliedFailures
{
    private static readonly FailsAttribute[] OfEvery =
    [
        new(StatusCodes.Status500InternalServerError, "Something went wrong here, and was logged.", "INTERNAL_ERROR"),
        new(StatusCodes.Status503ServiceUnavailable, "The server is stopping.", "INTERRUPTED"),
    ];

    private static readonly FailsAttribute[] OfBodies =
    [
        new(StatusCodes.Status400BadRequest, "The body cannot be read, or fields of it are wrong.", "BAD_REQUEST", "BODY_MISSING", "MALFORMED_JSON", "VALIDATION_FAILED"),
        new(StatusCodes.Status413PayloadTooLarge, "The body is too large.", "BODY_TOO_LARGE"),
        new(StatusCodes.Status415UnsupportedMediaType, "The body is of another media type.", "UNSUPPORTED_MEDIA_TYPE"),
    ];

    private static readonly FailsAttribute[] OfForms =
    [
        new(StatusCodes.Status400BadRequest, "The body cannot be read.", "BAD_REQUEST"),
        new(StatusCodes.Status403Forbidden, "The form is not from a page of this session.", "FORM_TOKEN_NOT_VALID"),
        new(StatusCodes.Status413PayloadTooLarge, "The body is too large.", "BODY_TOO_LARGE"),
        new(StatusCodes.Status415UnsupportedMediaType, "The body is of another media type.", "UNSUPPORTED_MEDIA_TYPE"),
    ];

    private static readonly FailsAttribute[] OfVersionedChanges =
    [
        new(StatusCodes.Status400BadRequest, "The header If-Match cannot be read.", "IF_MATCH_NOT_VALID"),
        new(StatusCodes.Status412PreconditionFailed, "It was changed since the version of If-Match.", "VERSION_STALE"),
    ];

    private static readonly FailsAttribute[] OfQueries =
        [new(StatusCodes.Status400BadRequest, "Parameters are wrong or unknown.", "VALIDATION_FAILED")];

    private static readonly FailsAttribute[] OfPages =
        [new(StatusCodes.Status400BadRequest, "Parameters are wrong or unknown, or the cursor is not of this list.", "CURSOR_NOT_VALID", "VALIDATION_FAILED")];

    /// <summary>The problems of a function, beside those that it states itself.</summary>
    public static IEnumerable<FailsAttribute> Of(HttpFunction function)
    {
        var method = function.Method;
        return
        [
            .. AccessFailures.Of(function),
            .. function is { IsPage: true, IsRead: false } ? OfForms : [],
            .. method.IsDefined(typeof(AcceptsAttribute)) ? OfBodies : [],
            .. method.IsDefined(typeof(PagedAttribute)) ? OfPages : OfQueries,
            .. method.IsDefined(typeof(VersionedAttribute)) && !function.IsRead ? OfVersionedChanges : [],
            .. method.GetCustomAttribute<AsksAttribute>() is { } asks ? OfUpstream(asks.Upstream) : [],
            .. OfEvery,
        ];
    }

    private static FailsAttribute[] OfUpstream(string name) =>
    [
        new(StatusCodes.Status502BadGateway, $"{name} failed, or answered what cannot be used.", "UPSTREAM_BAD_ANSWER"),
        new(StatusCodes.Status503ServiceUnavailable, $"{name} cannot be reached, or refuses for now.", "UPSTREAM_RATE_LIMITED", "UPSTREAM_UNAVAILABLE"),
        new(StatusCodes.Status504GatewayTimeout, $"{name} did not answer in time.", "UPSTREAM_TIMEOUT"),
    ];
}

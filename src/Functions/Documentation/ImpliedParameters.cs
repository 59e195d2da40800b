using System.Text.Json.Nodes;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Documentation;

/// <summary>The parameters that follow from what a function states about itself, beside those of its route.</summary>
internal static class ImpliedParameters
{
    private static readonly ApiParameter OwnPage = Header(SessionCookie.OwnPageHeader, "Any value; needed when only a cookie vouches for the caller.");

    /// <summary>The parameters of a function, beside those that it states itself.</summary>
    public static IEnumerable<ApiParameter> Of(HttpFunction function) =>
    [
        .. function.Method.IsDefined(typeof(PagedAttribute), inherit: false) ? OfPages() : [],
        .. function.Method.IsDefined(typeof(VersionedAttribute), inherit: false) ? [OfVersions(function)] : Array.Empty<ApiParameter>(),
        .. SecuritySchemes.Of(function.Access).Count > 0 && !function.IsRead ? [OwnPage] : Array.Empty<ApiParameter>(),
    ];

    private static ApiParameter[] OfPages() =>
    [
        Query<int>("limit", "The most rows to answer.", ("minimum", 1), ("maximum", RequestQuery.LargestLimit), ("default", RequestQuery.DefaultLimit)),
        Query<string>("cursor", "The `nextCursor` of the page before; without it the list begins."),
        Query<bool>("includeTotal", "Whether to count the rows of the whole list.", ("default", false)),
    ];

    private static ApiParameter OfVersions(HttpFunction function) => function.IsRead
        ? Header("If-None-Match", "The ETag of the version that the caller has.")
        : Header("If-Match", "The ETag of the version that the change rests on; without it the change is made to whatever is there.");

    private static ApiParameter Query<T>(string name, string description, params (string Keyword, JsonNode Value)[] keywords)
    {
        var schema = ScalarSchema.Of(typeof(T));
        foreach (var (keyword, value) in keywords)
        {
            schema[keyword] = value;
        }

        return new(ParameterPlace.Query, name, description, schema, IsRequired: false);
    }

    private static ApiParameter Header(string name, string description) =>
        new(ParameterPlace.Header, name, description, ScalarSchema.Of(typeof(string)), IsRequired: false);
}

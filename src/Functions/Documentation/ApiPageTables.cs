using System.Text.Json.Nodes;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Documentation;

/// <summary>The tables of <see cref="ApiPage"/>.</summary>
internal static class ApiPageTables
{
    private const string SchemaPath = "#/components/schemas/";

    /// <summary>What a function reads beside the body; nothing where there is nothing.</summary>
    public static Html Parameters(IReadOnlyList<ApiParameter> parameters) => parameters.Count == 0 ? Html.Empty : Table(
        "Parameters",
        ["name", "value", "meaning"],
        parameters.Select(parameter => Row(
            Html.Code(parameter.Name),
            Html.Of($"{TypeOf(parameter.Schema)}, in the {PlaceOf(parameter.Place)}{(parameter.IsRequired ? string.Empty : ", optional")}"),
            Html.Prose(parameter.Description))));

    /// <summary>What a function answers.</summary>
    public static Html Answers(IReadOnlyList<ApiResponse> responses) => Table(
        "Answers",
        ["status", "when", "body"],
        responses.Select(response => Row(
            Html.Of($"{response.Status}"),
            Html.Prose(response.Description),
            Html.Join(response.Contents.Select(BodyOf), "<br>"))));

    /// <summary>How callers prove who they are.</summary>
    public static Html Schemes(JsonObject schemes) => Table(
        "Proofs",
        ["name", "sent as", "what"],
        schemes.Select(scheme => Row(
            Html.Of($"<span id=\"caller-{scheme.Key}\">{scheme.Key}</span>"),
            (string?)scheme.Value!["type"] == "http"
                ? Html.Of($"<code>Authorization: {scheme.Value["scheme"]}</code>")
                : Html.Of($"{scheme.Value["in"]} <code>{scheme.Value["name"]}</code>"),
            Html.Prose((string?)scheme.Value["description"]))));

    /// <summary>The fields of a shape.</summary>
    public static Html Fields(JsonObject schema)
    {
        var required = schema["required"] is JsonArray names ? names.Select(name => (string?)name).ToHashSet() : [];
        return Table(
            "Fields",
            ["field", "value", "meaning"],
            schema["properties"]!.AsObject().Select(field => Row(
                Html.Code(field.Key),
                Html.Of($"{TypeOf(field.Value!.AsObject())}{(required.Contains(field.Key) ? string.Empty : ", optional")}"),
                Html.Prose((string?)field.Value["description"]))));
    }

    /// <summary>A shape's name, leading to its fields.</summary>
    public static Html ShapeLink(string name) => Html.Of($"<a href=\"#shape-{name}\"><code>{name}</code></a>");

    private static Html Table(string caption, string[] columns, IEnumerable<Html> rows) => Html.Of($"""
        <table class="{caption.ToLowerInvariant()}">
        <caption>{caption}</caption>
        <thead><tr>{Html.Each(columns, column => Html.Of($"<th scope=\"col\">{column}</th>"))}</tr></thead>
        <tbody>
        {Html.Join(rows)}
        </tbody>
        </table>
        """);

    private static Html Row(Html head, Html second, Html third) => Html.Of($"<tr><th scope=\"row\">{head}</th><td>{second}</td><td>{third}</td></tr>");

    private static Html BodyOf(ApiContent content)
    {
        var shape = content.Contract is { } contract ? ShapeLink(ContractSchemas.NameOf(contract)) : Html.Of($"{content.MediaType}");
        return content.Codes.Count == 0
            ? shape
            : Html.Of($"{shape}: {Html.Join(content.Codes.Select(Html.Code), ", ")}");
    }

    private static string PlaceOf(ParameterPlace place) => place.ToString().ToLowerInvariant();

    private static Html TypeOf(JsonObject schema) => schema switch
    {
        _ when schema["$ref"] is { } reference => ShapeLink(((string)reference!)[SchemaPath.Length..]),
        _ when schema["anyOf"] is JsonArray choices => Html.Join(choices.Select(choice => TypeOf(choice!.AsObject())), " or "),
        _ when schema["enum"] is JsonArray values => Html.Join(values.Select(value => Html.Code($"{value}")), " or "),
        _ when schema["items"] is JsonObject item => Html.Of($"list of {TypeOf(item)}{OrNull(schema)}"),
        _ when schema["additionalProperties"] is JsonObject value => Html.Of($"{TypeOf(value)} by name{OrNull(schema)}"),
        _ when schema["type"] is null => Html.Of($"any JSON"),
        _ when schema["type"] is JsonArray types => Html.Of($"{string.Join(" or ", types)}"),
        _ => Html.Of($"{schema["type"]}{(schema["pattern"] is { } pattern ? Html.Of($" like <code>{pattern}</code>") : Html.Empty)}"),
    };

    private static string OrNull(JsonObject schema) => schema["type"] is JsonArray ? " or null" : string.Empty;
}

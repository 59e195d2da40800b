using System.Text.Json.Nodes;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Documentation;

/// <summary>Writes operations as a page for people: one file of HTML, without script and without anything to fetch.</summary>
internal static class ApiPage
{
    /// <summary>The page, for the same operations and schemas as the document.</summary>
    public static Html Write(IReadOnlyList<ApiOperation> operations, JsonObject document)
    {
        var modules = operations.GroupBy(operation => operation.Module).OrderBy(module => module.Key, StringComparer.Ordinal).ToList();
        var components = document["components"]!;
        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>TraderHub API</title>
            {Html.Style(ApiPageStyle.Css)}
            </head>
            <body>
            <a class="skip" href="#functions">Skip to the functions</a>
            <header>
            <h1>TraderHub API</h1>
            <p>Version {document["info"]!["version"]}. {Html.Prose((string?)document["info"]!["description"])}</p>
            <p>For programs: <a href="/api/openapi.json">openapi.json</a> (OpenAPI {document["openapi"]}).</p>
            </header>
            <nav aria-label="Functions">
            {Html.Each(modules, Contents)}
            </nav>
            <main id="functions">
            {Html.Each(modules, Section)}
            <section aria-labelledby="callers">
            <h2 id="callers">Callers</h2>
            {ApiPageTables.Schemes(components["securitySchemes"]!.AsObject())}
            </section>
            <section aria-labelledby="shapes">
            <h2 id="shapes">Shapes</h2>
            {Html.Each(components["schemas"]!.AsObject(), schema => Shape(schema.Key, schema.Value!.AsObject()))}
            </section>
            </main>
            </body>
            </html>

            """);
    }

    private static Html Contents(IGrouping<string, ApiOperation> module) => Html.Of($"""
        <h2>{module.Key}</h2>
        <ul>
        {Html.Each(module, operation => Html.Of($"<li><a href=\"#{operation.Function.Name}\">{Title(operation)}</a></li>"))}
        </ul>
        """);

    private static Html Section(IGrouping<string, ApiOperation> module) => Html.Of($"""
        <section aria-labelledby="module-{module.Key}">
        <h2 id="module-{module.Key}">{module.Key}</h2>
        {Html.Each(module, Article)}
        </section>
        """);

    private static Html Article(ApiOperation operation) => Html.Of($"""
        <article aria-labelledby="{operation.Function.Name}">
        <h3 id="{operation.Function.Name}">{Title(operation)}</h3>
        <p>{Html.Prose(operation.Summary)}</p>
        <p>{Callers(operation)}{Body(operation)}</p>
        {ApiPageTables.Parameters(operation.Parameters)}
        {ApiPageTables.Answers(operation.Responses)}
        </article>
        """);

    private static Html Title(ApiOperation operation) =>
        Html.Of($"<span class=\"method\">{string.Join(", ", operation.Function.Methods)}</span> <code>{operation.Path}</code>");

    private static Html Callers(ApiOperation operation)
    {
        var schemes = SecuritySchemes.Of(operation.Function.Access);
        if (schemes.Count == 0)
        {
            return Html.Of($"Open to anybody.");
        }

        var links = Html.Join(schemes.Select(scheme => Html.Of($"<a href=\"#caller-{scheme}\">{scheme}</a>")), " or ");
        return operation.Function.Caller == Caller.Anybody ? Html.Of($"Open to anybody, who may be known by {links}.") : Html.Of($"Needs {links}.");
    }

    private static Html Body(ApiOperation operation) => operation.Body is { } body
        ? Html.Of($" The body is {ApiPageTables.ShapeLink(ContractSchemas.NameOf(body.Contract))}, as JSON or as a form{(body.IsPatch ? "; what it leaves out stays as it is" : string.Empty)}{(body.IsOptional ? "; none is one without fields" : string.Empty)}.")
        : Html.Empty;

    private static Html Shape(string name, JsonObject schema) => Html.Of($"""
        <article aria-labelledby="shape-{name}">
        <h3 id="shape-{name}"><code>{name}</code></h3>
        <p>{Html.Prose((string?)schema["description"])}</p>
        {ApiPageTables.Fields(schema)}
        </article>
        """);
}

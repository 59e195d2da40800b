using System.Globalization;
using System.Text.Json.Nodes;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Documentation;

/// <summary>Writes operations as an OpenAPI document.</summary>
internal sealed class OpenApiWriter(ContractSchemas schemas)
{
    /// <summary>The document.</summary>
    public JsonObject Write(IReadOnlyList<ApiOperation> operations)
    {
        // Bodies come first: what is read as well as written is then described with the fields that callers must send.
        var bodies = operations.Where(operation => operation.Body is not null).ToDictionary(operation => operation, Body);
        var paths = new JsonObject();
        foreach (var operation in operations.OrderBy(operation => operation.Path, StringComparer.Ordinal))
        {
            var path = paths[operation.Path] as JsonObject ?? [];
            paths[operation.Path] = path;
            foreach (var method in operation.Function.Methods)
            {
                path[method.ToLowerInvariant()] = Operation(operation, method, bodies.GetValueOrDefault(operation));
            }
        }

        return new()
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "TraderHub",
                ["version"] = typeof(OpenApiWriter).Assembly.GetName().Version!.ToString(3),
                ["description"] = "A backend for traders. Every problem is told as `application/problem+json` with a stable `code`.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["tags"] = Array(operations.Select(operation => operation.Module).Distinct().Order(StringComparer.Ordinal).Select(Tag)),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas.Components, ["securitySchemes"] = SecuritySchemes.All() },
        };
    }

    private JsonObject Operation(ApiOperation operation, string method, JsonObject? body)
    {
        // Ids are unique: a function's name is the id of its first method.
        var isFirst = method == operation.Function.Methods[0];
        var written = new JsonObject
        {
            ["operationId"] = isFirst ? operation.Function.Name : $"{operation.Function.Name}_{method.ToLowerInvariant()}",
            ["tags"] = new JsonArray(operation.Module),
            ["summary"] = operation.Summary,
            ["security"] = Security(operation.Function.Access),
            ["parameters"] = Array(operation.Parameters.Select(Parameter)),
            ["requestBody"] = body?.DeepClone(),
            ["responses"] = new JsonObject(operation.Responses.Select(response => KeyValuePair.Create(
                response.Status.ToString(CultureInfo.InvariantCulture), (JsonNode?)Response(operation, response, method)))),
        };
        return WithoutNulls(written);
    }

    /// <summary>Any of these will do; an empty one is a caller without proof.</summary>
    private static JsonArray Security(AccessAttribute access)
    {
        var schemes = SecuritySchemes.Of(access).Select(scheme => new JsonObject { [scheme] = new JsonArray() });
        return Array(access is { Caller: Caller.Anybody, Knows: not Caller.Anybody } ? schemes.Prepend([]) : schemes);
    }

    private static JsonObject Tag(string module) => new() { ["name"] = module };

    private static JsonObject Parameter(ApiParameter parameter) => WithoutNulls(new()
    {
        ["in"] = parameter.Place.ToString().ToLowerInvariant(),
        ["name"] = parameter.Name,
        ["description"] = parameter.Description,
        ["required"] = parameter.IsRequired,
        ["schema"] = parameter.Schema.DeepClone(),
    });

    private JsonObject Body(ApiOperation operation)
    {
        var schema = schemas.OfBody(operation.Body!.Contract, operation.Function.Method.DeclaringType!);
        string[] mediaTypes = operation.Function.IsPage
            ? [FormFields.MediaType]
            : ["application/json", .. operation.Body.IsPatch ? [MergePatch.MediaType] : System.Array.Empty<string>(), FormFields.MediaType];
        return new()
        {
            ["required"] = !operation.Body.IsOptional,
            ["content"] = new JsonObject(mediaTypes.Select(type =>
                KeyValuePair.Create(type, (JsonNode?)new JsonObject { ["schema"] = schema.DeepClone() }))),
        };
    }

    private JsonObject Response(ApiOperation operation, ApiResponse response, string method)
    {
        var contents = method == "HEAD" ? [] : response.Contents;
        return WithoutNulls(new()
        {
            ["description"] = response.Description,
            ["content"] = contents.Count == 0 ? null : new JsonObject(contents.Select(content => KeyValuePair.Create(
                content.MediaType, (JsonNode?)new JsonObject { ["schema"] = Schema(operation, content) }))),
        });
    }

    private JsonObject Schema(ApiOperation operation, ApiContent content)
    {
        if (content.Contract is null)
        {
            return new() { ["type"] = content.MediaType.StartsWith("text/", StringComparison.Ordinal) ? "string" : "object" };
        }

        var schema = schemas.OfAnswer(content.Contract, operation.Function.Method.DeclaringType!);
        return content.Codes.Count == 0
            ? schema
            : new()
            {
                ["allOf"] = new JsonArray(
                    schema,
                    new JsonObject { ["properties"] = new JsonObject { ["code"] = new JsonObject { ["enum"] = Array(content.Codes.Select(code => (JsonNode)code)) } } }),
            };
    }

    private static JsonArray Array(IEnumerable<JsonNode> nodes) => [.. nodes];

    private static JsonObject WithoutNulls(JsonObject written)
    {
        foreach (var (name, _) in written.Where(property => property.Value is null or JsonArray { Count: 0 } && property.Key != "security").ToList())
        {
            written.Remove(name);
        }

        return written;
    }
}

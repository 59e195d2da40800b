using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Documentation;

/// <summary>
/// The schemas of contracts, from the metadata that reads and writes them. Objects are components, one for each type: what is both read and written
/// is described for whichever was asked for first.
/// </summary>
internal sealed class ContractSchemas(DocComments comments)
{
    private static readonly JsonSchemaExporterOptions Exporting = new() { TreatNullObliviousAsNonNullable = true };

    private readonly Dictionary<string, Type> typesByName = [];
    private readonly SortedDictionary<string, JsonNode?> objects = new(StringComparer.Ordinal);

    /// <summary>The schemas of the objects that have been asked for, and of those within them, by name.</summary>
    public JsonObject Components => new(objects);

    /// <summary>The schema of what a function reads.</summary>
    public JsonObject OfBody(Type contract, Type functions) => Of(TypeInfoOf(contract, functions), property => property.IsRequired);

    /// <summary>The schema of what a function answers: every property is there but those that are left out when they are null.</summary>
    public JsonObject OfAnswer(Type contract, Type functions) => Of(TypeInfoOf(contract, functions), property => property.ShouldSerialize is null);

    private JsonObject Of(JsonTypeInfo type, Func<JsonPropertyInfo, bool> isRequired) => type.Kind switch
    {
        JsonTypeInfoKind.Object => Reference(type, isRequired),
        JsonTypeInfoKind.Enumerable => new() { ["type"] = "array", ["items"] = OfElement(type, isRequired) },
        JsonTypeInfoKind.Dictionary => new() { ["type"] = "object", ["additionalProperties"] = OfElement(type, isRequired) },
        _ => OfScalar(type),
    };

    private JsonObject OfElement(JsonTypeInfo type, Func<JsonPropertyInfo, bool> isRequired) => Of(type.Options.GetTypeInfo(type.ElementType!), isRequired);

    private static JsonObject OfScalar(JsonTypeInfo type) => type.GetJsonSchemaAsNode(Exporting) switch
    {
        JsonObject schema => schema,
        _ when (Nullable.GetUnderlyingType(type.Type) ?? type.Type) is var scalar && (scalar == typeof(JsonElement) || scalar == typeof(JsonText)) => [],
        _ => throw new InvalidOperationException($"There is no schema for {type.Type.Name}, which has a converter of its own."),
    };

    private JsonObject Reference(JsonTypeInfo type, Func<JsonPropertyInfo, bool> isRequired)
    {
        var name = NameOf(type.Type);
        if (typesByName.TryAdd(name, type.Type))
        {
            objects[name] = Describe(type, isRequired);
        }
        else if (typesByName[name] != type.Type)
        {
            throw new InvalidOperationException($"Two contracts are named {name}: {typesByName[name]} and {type.Type}.");
        }

        return new() { ["$ref"] = $"#/components/schemas/{name}" };
    }

    private JsonObject Describe(JsonTypeInfo type, Func<JsonPropertyInfo, bool> isRequired)
    {
        var properties = new JsonObject();
        foreach (var property in type.Properties)
        {
            var schema = Of(type.Options.GetTypeInfo(property.PropertyType), isRequired);
            properties[property.Name] = WithDescription(
                property is { IsGetNullable: true, PropertyType.IsValueType: false } ? OrNull(schema) : schema, comments.Of((PropertyInfo)property.AttributeProvider!));
        }

        var required = type.Properties.Where(isRequired).Select(property => (JsonNode)property.Name).ToArray();
        var described = WithDescription(new() { ["type"] = "object" }, comments.Of(type.Type));
        described["properties"] = properties;
        if (required.Length > 0)
        {
            described["required"] = new JsonArray(required);
        }

        return described;
    }

    private static JsonObject OrNull(JsonObject schema)
    {
        if (schema["type"] is not JsonValue type)
        {
            return schema.ContainsKey("$ref") ? new() { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) } : schema;
        }

        schema["type"] = new JsonArray(type.DeepClone(), "null");
        return schema;
    }

    private static JsonObject WithDescription(JsonObject schema, string? description)
    {
        if (description is not null)
        {
            schema["description"] = description;
        }

        return schema;
    }

    /// <summary><c>Page&lt;Trade&gt;</c> is <c>TradePage</c>.</summary>
    public static string NameOf(Type type) =>
        type.IsGenericType ? $"{string.Concat(type.GetGenericArguments().Select(NameOf))}{type.Name.Split('`')[0]}" : type.Name;

    /// <summary>A type's metadata, from the serializer context of the function's module, or else of what all modules share.</summary>
    private static JsonTypeInfo TypeInfoOf(Type contract, Type functions) =>
        ContextsOf(functions).Concat(ContextsOf(typeof(Problem))).Select(context => context.GetTypeInfo(contract)).FirstOrDefault(found => found is not null)
        ?? throw new InvalidOperationException($"No serializer context of {Module.Of(functions)} knows {contract}: add [JsonSerializable(typeof({contract.Name}))].");

    private static IEnumerable<JsonSerializerContext> ContextsOf(Type ofModule) => ofModule.Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(JsonSerializerContext)) && Module.Of(type) == Module.Of(ofModule))
        .Select(type => (JsonSerializerContext)type.GetProperty("Default")!.GetValue(null)!);
}

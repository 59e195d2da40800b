using System.Text.Json;

namespace TraderHub.Functions.Tests.Documentation;

/// <summary>Compares an answer with its schema in the document: types, what must be there, and that nothing else is.</summary>
internal sealed class SchemaCheck(JsonElement document)
{
    /// <summary>Everything in which a value differs from a schema.</summary>
    public IEnumerable<string> Differences(JsonElement value, JsonElement schema, string path = "$")
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Differences(value, Resolve(reference.GetString()!), path);
        }

        if (schema.TryGetProperty("anyOf", out var choices))
        {
            return choices.EnumerateArray().Select(choice => Differences(value, choice, path).ToList()).MinBy(differences => differences.Count)!;
        }

        if (schema.TryGetProperty("allOf", out var parts))
        {
            // The first is the whole, the others only narrow what it has.
            var narrowed = parts.EnumerateArray().Skip(1).SelectMany(part => part.GetProperty("properties").EnumerateObject())
                .SelectMany(property => Differences(value.GetProperty(property.Name), property.Value, $"{path}.{property.Name}"));
            return Differences(value, parts[0], path).Concat(narrowed);
        }

        if (schema.TryGetProperty("enum", out var values))
        {
            return values.EnumerateArray().Any(known => JsonElement.DeepEquals(known, value)) ? [] : [$"{path} is {value}"];
        }

        return OfType(value, schema, path);
    }

    /// <summary>What a reference of the document refers to.</summary>
    public JsonElement Resolve(string reference) => reference.Split('/').Skip(1).Aggregate(document, (element, name) => element.GetProperty(name));

    private IEnumerable<string> OfType(JsonElement value, JsonElement schema, string path)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            // JSON that is passed on as it is stored may be anything.
            return [];
        }

        var types = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(each => each.GetString()) : [type.GetString()];
        if (!types.Any(name => Is(value, name!)))
        {
            return [$"{path} is {value.ValueKind}, not {type}"];
        }

        return value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().SelectMany((item, index) => Differences(item, schema.GetProperty("items"), $"{path}[{index}]")),
            JsonValueKind.Object when schema.TryGetProperty("additionalProperties", out var each) =>
                value.EnumerateObject().SelectMany(property => Differences(property.Value, each, $"{path}.{property.Name}")),
            JsonValueKind.Object => OfObject(value, schema, path),
            _ => [],
        };
    }

    private IEnumerable<string> OfObject(JsonElement value, JsonElement schema, string path)
    {
        var properties = schema.GetProperty("properties");
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!) : [];
        return required.Where(name => !value.TryGetProperty(name, out _)).Select(name => $"{path}.{name} is missing")
            .Concat(value.EnumerateObject().SelectMany(property => properties.TryGetProperty(property.Name, out var declared)
                ? Differences(property.Value, declared, $"{path}.{property.Name}")
                : [$"{path}.{property.Name} is not declared"]));
    }

    private static bool Is(JsonElement value, string type) => value.ValueKind switch
    {
        JsonValueKind.Object => type == "object",
        JsonValueKind.Array => type == "array",
        JsonValueKind.String => type == "string",
        JsonValueKind.Number => type == "number" || (type == "integer" && value.TryGetInt64(out _)),
        JsonValueKind.Null => type == "null",
        _ => type == "boolean",
    };
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Http;

/// <summary>
/// Compares a JSON value with the type it is to become, and notes every field that is unknown, missing or of another type. The serializer alone
/// stops at the first.
/// </summary>
internal static class JsonShape
{
    private const string TheBody = "body";

    /// <summary>Notes the problems of a value and of everything in it; what has the right shape is returned, null where nothing has.</summary>
    public static JsonNode? Check(JsonElement value, JsonTypeInfo type, string path, FieldErrors errors) => type.Kind switch
    {
        JsonTypeInfoKind.Object => CheckObject(value, type, path, errors),
        JsonTypeInfoKind.Enumerable => CheckList(value, type, path, errors),
        JsonTypeInfoKind.Dictionary => CheckMap(value, type, path, errors),
        _ => CheckScalar(value, type, path, errors),
    };

    private static JsonObject? CheckObject(JsonElement value, JsonTypeInfo type, string path, FieldErrors errors)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            errors.Add(NameOf(path), "must be an object.");
            return null;
        }

        var checkedFields = new JsonObject();
        foreach (var field in value.EnumerateObject())
        {
            var fieldPath = Join(path, field.Name);
            if (type.Properties.FirstOrDefault(candidate => candidate.Name == field.Name) is { } property)
            {
                checkedFields[field.Name] = CheckItem(field.Value, type.Options.GetTypeInfo(property.PropertyType), property.IsSetNullable, fieldPath, errors);
            }
            else
            {
                errors.Add(fieldPath, $"is not a field here; the fields are: {string.Join(", ", type.Properties.Select(known => known.Name))}.");
            }
        }

        foreach (var missing in type.Properties.Where(property => property.IsRequired && !value.TryGetProperty(property.Name, out _)))
        {
            errors.Add(Join(path, missing.Name), "is required.");
        }

        return checkedFields;
    }

    private static JsonObject? CheckMap(JsonElement value, JsonTypeInfo type, string path, FieldErrors errors)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            errors.Add(NameOf(path), "must be an object.");
            return null;
        }

        var itemType = type.Options.GetTypeInfo(type.ElementType!);
        return new(value.EnumerateObject().Select(item => KeyValuePair.Create(
            item.Name, CheckItem(item.Value, itemType, isNullable: false, Join(path, item.Name), errors))));
    }

    private static JsonArray? CheckList(JsonElement value, JsonTypeInfo type, string path, FieldErrors errors)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            errors.Add(NameOf(path), "must be a list.");
            return null;
        }

        var itemType = type.Options.GetTypeInfo(type.ElementType!);
        return [.. value.EnumerateArray().Select((item, index) => Check(item, itemType, $"{path}[{index}]", errors))];
    }

    /// <summary>What a name stands for, which may be null where its type says so.</summary>
    private static JsonNode? CheckItem(JsonElement value, JsonTypeInfo type, bool isNullable, string path, FieldErrors errors)
    {
        if (value.ValueKind != JsonValueKind.Null)
        {
            return Check(value, type, path, errors);
        }

        if (!(type.Type.IsValueType ? Nullable.GetUnderlyingType(type.Type) is not null : isNullable))
        {
            errors.Add(path, "must not be null.");
        }

        return null;
    }

    private static JsonNode? CheckScalar(JsonElement value, JsonTypeInfo type, string path, FieldErrors errors)
    {
        try
        {
            value.Deserialize(type);
            return value.ValueKind switch
            {
                // A field may be JSON of any shape.
                JsonValueKind.Object => JsonObject.Create(value),
                JsonValueKind.Array => JsonArray.Create(value),
                _ => JsonValue.Create(value),
            };
        }
        catch (JsonException)
        {
            errors.Add(NameOf(path), $"must be {Describe(type.Type)}.");
            return null;
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string NameOf(string path) => path.Length == 0 ? TheBody : path;

    private static string Describe(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsEnum: true } choice => $"one of: {string.Join(", ", Enum.GetNames(choice))}",
        var scalar when scalar == typeof(string) => "a text",
        var scalar when scalar == typeof(bool) => "true or false",
        var scalar when scalar == typeof(int) || scalar == typeof(long) => "a whole number",
        var scalar when scalar == typeof(decimal) || scalar == typeof(double) => "a number",
        var other => $"a {other.Name}",
    };
}

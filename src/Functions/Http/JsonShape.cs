using System.Text.Json;
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

    /// <summary>Notes the problems of a value and of everything in it.</summary>
    public static void Check(JsonElement value, JsonTypeInfo type, string path, FieldErrors errors)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                CheckObject(value, type, path, errors);
                break;
            case JsonTypeInfoKind.Enumerable:
                CheckList(value, type, path, errors);
                break;
            default:
                CheckScalar(value, type, path, errors);
                break;
        }
    }

    private static void CheckObject(JsonElement value, JsonTypeInfo type, string path, FieldErrors errors)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            errors.Add(NameOf(path), "must be an object.");
            return;
        }

        foreach (var field in value.EnumerateObject())
        {
            var fieldPath = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            var property = type.Properties.FirstOrDefault(candidate => candidate.Name == field.Name);
            if (property is null)
            {
                errors.Add(fieldPath, $"is not a field here; the fields are: {string.Join(", ", type.Properties.Select(known => known.Name))}.");
            }
            else if (field.Value.ValueKind == JsonValueKind.Null)
            {
                CheckNull(property, fieldPath, errors);
            }
            else
            {
                Check(field.Value, type.Options.GetTypeInfo(property.PropertyType), fieldPath, errors);
            }
        }

        foreach (var missing in type.Properties.Where(property => property.IsRequired && !value.TryGetProperty(property.Name, out _)))
        {
            errors.Add(path.Length == 0 ? missing.Name : $"{path}.{missing.Name}", "is required.");
        }
    }

    private static void CheckNull(JsonPropertyInfo property, string path, FieldErrors errors)
    {
        var isNullable = property.PropertyType.IsValueType ? Nullable.GetUnderlyingType(property.PropertyType) is not null : property.IsSetNullable;
        if (!isNullable)
        {
            errors.Add(path, "must not be null.");
        }
    }

    private static void CheckList(JsonElement value, JsonTypeInfo type, string path, FieldErrors errors)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            errors.Add(NameOf(path), "must be a list.");
            return;
        }

        var itemType = type.Options.GetTypeInfo(type.ElementType!);
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            Check(item, itemType, $"{path}[{index}]", errors);
        }
    }

    private static void CheckScalar(JsonElement value, JsonTypeInfo type, string path, FieldErrors errors)
    {
        try
        {
            value.Deserialize(type);
        }
        catch (JsonException)
        {
            errors.Add(NameOf(path), $"must be {Describe(type.Type)}.");
        }
    }

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

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Http;

/// <summary>
/// Compares a JSON value with the type it is to become, and notes every field that is unknown, missing or of another type, and every text that is not
/// plain. The serializer alone stops at the first. A part that is to become a <see cref="JsonElement"/> is looked at by whoever reads it.
/// </summary>
internal static class JsonShape
{
    private const string TheBody = "body";

    /// <summary>Notes the problems of a value and of everything in it; what has the right shape is returned, null where nothing has.</summary>
    public static JsonNode? Check(JsonElement value, JsonTypeInfo type, string path, FieldErrors errors) =>
        Check(value, type, hasLines: false, path, errors);

    private static JsonNode? Check(JsonElement value, JsonTypeInfo type, bool hasLines, string path, FieldErrors errors) => type.Kind switch
    {
        JsonTypeInfoKind.Object => CheckObject(value, type, path, errors),
        JsonTypeInfoKind.Enumerable => CheckList(value, type, path, errors),
        JsonTypeInfoKind.Dictionary => CheckMap(value, type, path, errors),
        _ => CheckScalar(value, type, hasLines, path, errors),
    };

    private static JsonObject? CheckObject(JsonElement value, JsonTypeInfo type, string path, FieldErrors errors)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            errors.Add(NameOf(path), "must be an object.");
            return null;
        }

        var checkedFields = new JsonObject();
        foreach (var field in value.EnumerateObject().TakeWhile(_ => !errors.HasMore))
        {
            if (!JsonTexts.TryGetName(field, NameOf(path), errors, out var name))
            {
                continue;
            }

            var fieldPath = Join(path, name);
            if (type.Properties.FirstOrDefault(candidate => candidate.Name == name) is { } property)
            {
                checkedFields[name] = CheckItem(
                    field.Value, type.Options.GetTypeInfo(property.PropertyType), property.IsSetNullable, HasLines(property), fieldPath, errors);
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
        var checkedItems = new JsonObject();
        foreach (var item in value.EnumerateObject().TakeWhile(_ => !errors.HasMore))
        {
            if (JsonTexts.TryGetName(item, NameOf(path), errors, out var name))
            {
                checkedItems[name] = CheckItem(item.Value, itemType, isNullable: false, hasLines: false, Join(path, name), errors);
            }
        }

        return checkedItems;
    }

    private static JsonArray? CheckList(JsonElement value, JsonTypeInfo type, string path, FieldErrors errors)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            errors.Add(NameOf(path), "must be a list.");
            return null;
        }

        var itemType = type.Options.GetTypeInfo(type.ElementType!);
        return [.. value.EnumerateArray().TakeWhile(_ => !errors.HasMore).Select((item, index) => Check(item, itemType, $"{path}[{index}]", errors))];
    }

    /// <summary>What a name stands for, which may be null where its type says so.</summary>
    private static JsonNode? CheckItem(JsonElement value, JsonTypeInfo type, bool isNullable, bool hasLines, string path, FieldErrors errors)
    {
        if (value.ValueKind != JsonValueKind.Null)
        {
            return Check(value, type, hasLines, path, errors);
        }

        if (!(type.Type.IsValueType ? Nullable.GetUnderlyingType(type.Type) is not null : isNullable))
        {
            errors.Add(path, "must not be null.");
        }

        return null;
    }

    private static JsonNode? CheckScalar(JsonElement value, JsonTypeInfo type, bool hasLines, string path, FieldErrors errors)
    {
        var scalar = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        if (scalar == typeof(JsonText) && !JsonTexts.Check(value, NameOf(path), errors))
        {
            return null;
        }

        if (scalar == typeof(JsonElement) && !JsonTexts.IsWritable(value))
        {
            errors.Add(NameOf(path), PlainText.HalfCharacter);
            return null;
        }

        var isText = value.ValueKind == JsonValueKind.String && scalar != typeof(JsonElement) && scalar != typeof(JsonText);
        if (isText && JsonTexts.FindProblem(value, hasLines) is { } problem)
        {
            errors.Add(NameOf(path), problem);
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && IsNumber(scalar))
        {
            return CheckNumber(value, scalar, path, errors);
        }

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

    private static JsonNode? CheckNumber(JsonElement value, Type type, string path, FieldErrors errors)
    {
        var (number, problem) = type == typeof(int) ? (JsonNumbers.Whole(value, int.MinValue, int.MaxValue), JsonNumbers.WholeNumber)
            : type == typeof(long) ? (JsonNumbers.Whole(value, long.MinValue, long.MaxValue), JsonNumbers.WholeNumber)
            : (JsonNumbers.Exact(value), JsonNumbers.Decimal);
        if (number is null)
        {
            errors.Add(NameOf(path), problem);
        }

        return number;
    }

    private static bool IsNumber(Type type) => type == typeof(int) || type == typeof(long) || type == typeof(decimal);

    private static bool HasLines(JsonPropertyInfo property) =>
        property.AttributeProvider?.IsDefined(typeof(MultiLineAttribute), inherit: false) is true;

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

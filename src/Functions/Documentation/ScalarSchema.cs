using System.Text.Json.Nodes;
using NodaTime;

namespace TraderHub.Functions.Documentation;

/// <summary>The schemas of single values outside bodies.</summary>
internal static class ScalarSchema
{
    private static readonly Dictionary<Type, (string Type, string? Format)> Known = new()
    {
        [typeof(string)] = ("string", null),
        [typeof(bool)] = ("boolean", null),
        [typeof(int)] = ("integer", "int32"),
        [typeof(long)] = ("integer", "int64"),
        [typeof(decimal)] = ("number", null),
        [typeof(Guid)] = ("string", "uuid"),
        [typeof(Instant)] = ("string", "date-time"),
        [typeof(LocalDate)] = ("string", "date"),
    };

    /// <summary>The schema of a type.</summary>
    public static JsonObject Of(Type type)
    {
        var (name, format) = Known.TryGetValue(type, out var known)
            ? known
            : throw new InvalidOperationException($"There is no schema for parameters of the type {type.Name}; add it to {nameof(ScalarSchema)}.");
        var schema = new JsonObject { ["type"] = name };
        if (format is not null)
        {
            schema["format"] = format;
        }

        return schema;
    }
}

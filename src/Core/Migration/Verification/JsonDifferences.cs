using System.Text.Json;
using TraderHub.Core.Migration.Entities;

namespace TraderHub.Core.Migration.Verification;

/// <summary>Where two JSON values differ, element by element.</summary>
internal static class JsonDifferences
{
    private const int Most = 5;

    /// <summary>The first places where they differ; values that are no JSON differ as a whole.</summary>
    public static IReadOnlyList<string> Find(ReadOnlyMemory<byte> inKv, ReadOnlyMemory<byte> inSql)
    {
        var found = new List<string>();
        using var one = StrictJson.Parse(inKv, out _);
        using var other = StrictJson.Parse(inSql, out _);
        if (one is null || other is null)
        {
            return inKv.Span.SequenceEqual(inSql.Span) ? [] : ["$: the texts differ"];
        }

        Compare("$", one.RootElement, other.RootElement, found);
        return found;
    }

    private static void Compare(string place, JsonElement one, JsonElement other, List<string> found)
    {
        if (found.Count >= Most || JsonElement.DeepEquals(one, other))
        {
            return;
        }

        if ((one.ValueKind, other.ValueKind) is (JsonValueKind.Object, JsonValueKind.Object))
        {
            foreach (var name in one.EnumerateObject().Concat(other.EnumerateObject()).Select(property => property.Name).Distinct(StringComparer.Ordinal))
            {
                CompareParts($"{place}.{name}", Of(one, name), Of(other, name), found);
            }
        }
        else if ((one.ValueKind, other.ValueKind) is (JsonValueKind.Array, JsonValueKind.Array))
        {
            for (var i = 0; i < Math.Max(one.GetArrayLength(), other.GetArrayLength()); i++)
            {
                CompareParts($"{place}[{i}]", Of(one, i), Of(other, i), found);
            }
        }
        else
        {
            found.Add($"{place}: {Text(one)} in KV, {Text(other)} in SQL");
        }
    }

    private static void CompareParts(string place, JsonElement? one, JsonElement? other, List<string> found)
    {
        if (one is { } inKv && other is { } inSql)
        {
            Compare(place, inKv, inSql, found);
        }
        else if (found.Count < Most)
        {
            found.Add(one is null ? $"{place}: only in SQL, {Text(other!.Value)}" : $"{place}: only in KV, {Text(one.Value)}");
        }
    }

    private static JsonElement? Of(JsonElement element, string name) => element.TryGetProperty(name, out var part) ? part : null;

    private static JsonElement? Of(JsonElement element, int index) => index < element.GetArrayLength() ? element[index] : null;

    private static string Text(JsonElement element) => element.GetRawText() is { Length: > 80 } text ? text[..80] + "..." : element.GetRawText();
}

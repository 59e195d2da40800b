using System.Buffers;
using System.Text.Json;

namespace TraderHub.Core.Migration.Entities;

/// <summary>Reads an element of a list; what is wrong with it is returned, and null when nothing is.</summary>
internal delegate string? ElementReader<T>(JsonElement element, out T value);

/// <summary>
/// Values that are lists. An element that does not parse costs only itself: it is kept as it is, and keeps its place among the others as far as there are
/// any (rule M20).
/// </summary>
internal static class JsonList
{
    /// <summary>Reads a list.</summary>
    /// <param name="value">The value.</param>
    /// <param name="read">Reads an element.</param>
    /// <param name="identityOf">What makes two elements the same one, of which the first stays; null where each counts.</param>
    /// <param name="mayBeOne">Whether one element may stand without its list.</param>
    public static Parsed<IReadOnlyList<T>> Parse<T>(
        ReadOnlyMemory<byte> value, ElementReader<T> read, Func<T, string>? identityOf = null, bool mayBeOne = false)
    {
        using var document = StrictJson.Parse(value, out var problem);
        return document?.RootElement switch
        {
            null => Parsed.Failed<IReadOnlyList<T>>(problem),
            { ValueKind: JsonValueKind.Array } list => Parse(list.EnumerateArray(), read, identityOf),
            { ValueKind: JsonValueKind.Object } one when mayBeOne => Parse([one], read, identityOf),
            _ => Parsed.Failed<IReadOnlyList<T>>("The value is no list."),
        };
    }

    /// <summary>Writes a list, with what does not parse in its place.</summary>
    /// <param name="items">The elements.</param>
    /// <param name="rejected">What does not parse.</param>
    /// <param name="write">Writes an element.</param>
    /// <param name="mayBeOne">Whether one element stands without its list.</param>
    public static byte[] Render<T>(
        IReadOnlyList<T> items, IReadOnlyList<RejectedElement> rejected, Action<Utf8JsonWriter, T> write, bool mayBeOne = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            // What is no object would not be read without its list.
            if (mayBeOne && items.Count + rejected.Count == 1 && (items.Count == 1 || rejected[0].Raw.StartsWith('{')))
            {
                WriteAll(writer, items, rejected, write);
            }
            else
            {
                writer.WriteStartArray();
                WriteAll(writer, items, rejected, write);
                writer.WriteEndArray();
            }
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static Parsed<IReadOnlyList<T>> Parse<T>(IEnumerable<JsonElement> elements, ElementReader<T> read, Func<T, string>? identityOf)
    {
        var items = new List<T>();
        var rejected = new List<RejectedElement>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in elements)
        {
            if (read(element, out var item) is { } problem)
            {
                // The place is the one that it has when the list is written again, without what is twice in it.
                rejected.Add(new(items.Count + rejected.Count, element.GetRawText(), problem));
            }
            else if (identityOf is null || known.Add(identityOf(item)))
            {
                items.Add(item);
            }
        }

        return Parsed.Of<IReadOnlyList<T>>(items, rejected);
    }

    private static void WriteAll<T>(Utf8JsonWriter writer, IReadOnlyList<T> items, IReadOnlyList<RejectedElement> rejected, Action<Utf8JsonWriter, T> write)
    {
        var next = 0;
        var place = 0;
        foreach (var element in rejected.OrderBy(element => element.Place))
        {
            for (; place < element.Place && next < items.Count; place++)
            {
                write(writer, items[next++]);
            }

            writer.WriteRawValue(element.Raw, skipInputValidation: true);
            place++;
        }

        for (; next < items.Count; next++)
        {
            write(writer, items[next]);
        }
    }
}

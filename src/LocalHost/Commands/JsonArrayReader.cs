using System.Text.Json;

namespace TraderHub.LocalHost.Commands;

/// <summary>
/// Reads a JSON array element by element, so that what stands before a fault is there for its reader. (The serializer's own stream of
/// elements parses a whole buffer before it yields the first of them.)
/// </summary>
internal sealed class JsonArrayReader(Stream input)
{
    /// <summary>As deep as a writer of JSON goes.</summary>
    public const int MostLevels = 1000;

    private const int LargestBuffer = 1 << 30;

    private static readonly JsonDocumentOptions ElementOptions = new() { MaxDepth = MostLevels };

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>An element that is too deep is a fault of its own; where it ends is found however deep it is.</summary>
    private JsonReaderState state = new(new JsonReaderOptions { MaxDepth = int.MaxValue });
    private byte[] buffer = new byte[128 * 1024];
    private int start;
    private int end;
    private bool isFirst = true;
    private bool isWhole;

    private enum Step
    {
        Element,
        End,
        NeedsMore,
    }

    /// <summary>Whether what was read so far is an array.</summary>
    public bool IsArray { get; private set; }

    /// <summary>The element that was read last; null when it is nested more than <see cref="MostLevels"/> levels deep.</summary>
    public JsonElement? Current { get; private set; }

    /// <summary>Reads the next element; false when the array, and the input, has ended.</summary>
    /// <exception cref="JsonException">There is something else than a JSON array.</exception>
    public async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (Next())
            {
                case Step.Element:
                    return true;
                case Step.End:
                    return false;
                default:
                    await FillAsync(cancellationToken);
                    break;
            }
        }
    }

    private Step Next()
    {
        var unread = buffer.AsSpan(start, end - start);
        var reader = new Utf8JsonReader(unread, isWhole, state);
        while (reader.Read())
        {
            if (!IsArray)
            {
                IsArray = reader.TokenType == JsonTokenType.StartArray ? true : throw new JsonException("It is no array.");
            }
            else if (reader.CurrentDepth > 0 || reader.TokenType != JsonTokenType.EndArray)
            {
                var from = (int)reader.TokenStartIndex;
                if (!reader.TrySkip())
                {
                    return Step.NeedsMore;
                }

                Current = Parse(unread[from..(int)reader.BytesConsumed]);
                Advance(reader);
                return Step.Element;
            }

            Advance(reader);
            reader = new Utf8JsonReader(unread = buffer.AsSpan(start, end - start), isWhole, state);
        }

        return isWhole ? Step.End : Step.NeedsMore;
    }

    private void Advance(in Utf8JsonReader reader)
    {
        state = reader.CurrentState;
        start += (int)reader.BytesConsumed;
    }

    private static JsonElement? Parse(ReadOnlySpan<byte> element)
    {
        try
        {
            return JsonElement.Parse(element, ElementOptions);
        }
        catch (JsonException)
        {
            // It is JSON: nothing but its depth can be wrong.
            return null;
        }
    }

    /// <summary>Fills the buffer. An element that does not fit is read anew in one twice as large: its bytes are read a few times, not many.</summary>
    private async Task FillAsync(CancellationToken cancellationToken)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }
        else if (end == buffer.Length)
        {
            Array.Resize(ref buffer, end < LargestBuffer ? end * 2 : throw new InvalidDataException("A row has more than a gigabyte."));
        }

        end += await input.ReadAtLeastAsync(buffer.AsMemory(end), buffer.Length - end, throwOnEndOfStream: false, cancellationToken);
        isWhole = end < buffer.Length;
        if (isFirst && buffer.AsSpan(0, end).StartsWith(ByteOrderMark))
        {
            start = ByteOrderMark.Length;
        }

        isFirst = false;
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TraderHub.Data.Upstream.Hyperliquid.Messages;

/// <summary>Two values that Hyperliquid writes as an array of two.</summary>
internal readonly record struct Pair<TFirst, TSecond>(TFirst First, TSecond Second);

/// <summary>Reads pairs.</summary>
internal sealed class PairConverter<TFirst, TSecond> : JsonConverter<Pair<TFirst, TSecond>>
{
    public override Pair<TFirst, TSecond> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("A pair is an array of two.");
        }

        reader.Read();
        var first = Item<TFirst>(ref reader, options);
        reader.Read();
        var second = Item<TSecond>(ref reader, options);
        reader.Read();
        return reader.TokenType == JsonTokenType.EndArray ? new(first, second) : throw new JsonException("A pair is an array of two.");
    }

    public override void Write(Utf8JsonWriter writer, Pair<TFirst, TSecond> value, JsonSerializerOptions options) => throw new NotSupportedException();

    private static T Item<T>(ref Utf8JsonReader reader, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.EndArray
        ? throw new JsonException("A pair is an array of two.")
        : JsonSerializer.Deserialize(ref reader, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)))!;
}

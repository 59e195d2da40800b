using System.Buffers;
using System.Text.Json;
using NodaTime;
using TraderHub.Core.Migration.Entities;

namespace TraderHub.Core.Signals.Migration;

/// <summary>The Fear &amp; Greed index as it was fetched.</summary>
/// <param name="Data">What the source says, as compact JSON.</param>
/// <param name="Timestamp">When it was fetched, in unix milliseconds.</param>
public sealed record CachedIndex(string Data, long Timestamp);

/// <summary>The cached index: <c>fear_greed_cache</c>, in the tables under the name that it is read by there.</summary>
public sealed class FearGreedEntity : IEntity<CachedIndex>
{
    /// <summary>The key.</summary>
    public const string Key = "fear_greed_cache";

    /// <summary>What its row is called.</summary>
    public const string CacheKey = "fear_greed_index";

    /// <summary>How long after it was fetched it is in the cache.</summary>
    public static Duration Lifetime { get; } = Duration.FromHours(24);

    /// <inheritdoc />
    public string Name => "signals.cache";

    /// <inheritdoc />
    public string Prefix => Key;

    /// <inheritdoc />
    public bool KeepsRows => false;

    /// <inheritdoc />
    public bool KeepsText => false;

    /// <inheritdoc />
    public bool Owns(string key) => key == Key;

    /// <inheritdoc />
    public Parsed<CachedIndex> Parse(string key, ReadOnlyMemory<byte> value)
    {
        using var document = StrictJson.Parse(value, out var problem);
        if (document is null)
        {
            return Parsed.Failed<CachedIndex>(problem);
        }

        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !StrictJson.IsStorable(root))
        {
            return Parsed.Failed<CachedIndex>("The value is no cached index.");
        }

        var data = root.Field("data");
        if (data.ValueKind != JsonValueKind.Object || data.Field("score").Price() is null || data.Field("rating").ValueKind != JsonValueKind.String)
        {
            return Parsed.Failed<CachedIndex>("The value's data have no score or no rating.");
        }

        return root.Field("timestamp").Moment() is { } timestamp
            ? Parsed.Of(new CachedIndex(StrictJson.Compact(data), timestamp))
            : Parsed.Failed<CachedIndex>("The value's timestamp is no moment in milliseconds.");
    }

    /// <inheritdoc />
    public byte[] Render(CachedIndex value, IReadOnlyList<RejectedElement> rejected)
    {
        ArgumentNullException.ThrowIfNull(value);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("data");
            writer.WriteRawValue(value.Data);
            writer.WriteNumber("timestamp", value.Timestamp);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}

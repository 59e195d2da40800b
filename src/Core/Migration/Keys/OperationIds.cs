using System.Collections;

namespace TraderHub.Core.Migration.Keys;

/// <summary>The last operations that changed a key, oldest first: as many as a key's metadata have room for.</summary>
public sealed class OperationIds : IEnumerable<OperationId>, IEquatable<OperationIds>
{
    /// <summary>How many are remembered.</summary>
    public const int Most = 32;

    private readonly string text;

    private OperationIds(string text) => this.text = text;

    /// <summary>No operation yet.</summary>
    public static OperationIds None { get; } = new(string.Empty);

    /// <summary>Reads what <see cref="ToString"/> wrote; what is not that is no operation.</summary>
    public static OperationIds Parse(string? text) =>
        text is { Length: > 0 and <= Most * OperationId.Length } && text.Length % OperationId.Length == 0 ? new(text) : None;

    /// <summary>The newest; null when there is none.</summary>
    public OperationId? Last => text.Length == 0 ? null : OperationId.Stored(text[^OperationId.Length..]);

    /// <summary>Whether an operation is among them.</summary>
    public bool Contains(OperationId id)
    {
        var wanted = id.ToString().AsSpan();
        for (var i = 0; i < text.Length; i += OperationId.Length)
        {
            if (text.AsSpan(i, OperationId.Length).SequenceEqual(wanted))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>These and one more, without the oldest when there is no room.</summary>
    public OperationIds With(OperationId id) => new((text.Length == Most * OperationId.Length ? text[OperationId.Length..] : text) + id);

    /// <inheritdoc />
    public IEnumerator<OperationId> GetEnumerator()
    {
        for (var i = 0; i < text.Length; i += OperationId.Length)
        {
            yield return OperationId.Stored(text.Substring(i, OperationId.Length));
        }
    }

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc />
    public bool Equals(OperationIds? other) => other?.text == text;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as OperationIds);

    /// <inheritdoc />
    public override int GetHashCode() => text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The ids, one behind the other.</summary>
    public override string ToString() => text;
}

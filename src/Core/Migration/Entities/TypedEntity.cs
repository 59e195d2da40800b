namespace TraderHub.Core.Migration.Entities;

/// <summary>An entity whose values are of a type: what callers change, and what rows are made from.</summary>
/// <typeparam name="TValue">What a value is once it is read.</typeparam>
public interface IEntity<TValue> : IEntity
{
    /// <summary>Reads a value.</summary>
    Parsed<TValue> Parse(string key, ReadOnlyMemory<byte> value);

    /// <summary>The one form of a value, with what of it does not parse in its place.</summary>
    byte[] Render(TValue value, IReadOnlyList<RejectedElement> rejected);

    /// <inheritdoc />
    Conversion IEntity.Convert(string key, ReadOnlyMemory<byte> value)
    {
        var parsed = Parse(key, value);
        return parsed.Error is { } error ? Conversion.Failed(value, error) : new(Render(parsed.Value!, parsed.Rejected), parsed.Rejected, Error: null);
    }
}

/// <summary>What reading a value gave.</summary>
/// <param name="Value">What it says; the default when there is an error.</param>
/// <param name="Rejected">What of it does not parse.</param>
/// <param name="Error">Why nothing of it can be read; null when something can.</param>
public sealed record Parsed<TValue>(TValue? Value, IReadOnlyList<RejectedElement> Rejected, string? Error);

/// <summary>Makes what reading a value gives.</summary>
public static class Parsed
{
    /// <summary>A value that was read.</summary>
    public static Parsed<TValue> Of<TValue>(TValue value, IReadOnlyList<RejectedElement>? rejected = null) => new(value, rejected ?? [], Error: null);

    /// <summary>A value that cannot be read.</summary>
    public static Parsed<TValue> Failed<TValue>(string error) => new(default, [], error);
}

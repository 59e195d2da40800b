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
        return parsed.Error is { } error
            ? Conversion.Failed(value, error)
            : new Conversion<TValue>(Render(parsed.Value!, parsed.Rejected), parsed.Rejected, parsed.Value!);
    }

    /// <summary>What a conversion was made from, as it was read then, or else is read now.</summary>
    TValue Read(string key, Conversion conversion)
    {
        ArgumentNullException.ThrowIfNull(conversion);
        return conversion is Conversion<TValue> typed ? typed.Read : Parse(key, conversion.Value).Value!;
    }
}

/// <summary>What became of a value that can be read, and what was read, so that making rows of it does not read it again.</summary>
/// <param name="Value">The value as its rows render it.</param>
/// <param name="Rejected">What of it does not parse.</param>
/// <param name="Read">What it says.</param>
public sealed record Conversion<TValue>(ReadOnlyMemory<byte> Value, IReadOnlyList<RejectedElement> Rejected, TValue Read) : Conversion(Value, Rejected, Error: null);

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

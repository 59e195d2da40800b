namespace TraderHub.Core.Migration.Entities;

/// <summary>A kind of record that moves: which keys it has, and what a value is as rows and back.</summary>
public interface IEntity
{
    /// <summary>Its name, such as <c>signals.watchlists</c>.</summary>
    string Name { get; }

    /// <summary>What its keys begin with; keys of others may too.</summary>
    string Prefix { get; }

    /// <summary>Whether its rows stay when a key expires.</summary>
    bool KeepsRows { get; }

    /// <summary>Whether a value's own text is kept until SQL writes it for the first time.</summary>
    bool KeepsText { get; }

    /// <summary>Whether a key is one of its.</summary>
    bool Owns(string key);

    /// <summary>
    /// A value as its rows would render it, which is the one form that values are compared in (rule M4): converted again it is the same. What of it does
    /// not parse is in it as it was, and told; what cannot be read at all is an error.
    /// </summary>
    Conversion Convert(string key, ReadOnlyMemory<byte> value);
}

/// <summary>What became of a value.</summary>
/// <param name="Value">The value as its rows render it; the value itself when there is an error.</param>
/// <param name="Rejected">What of it does not parse: kept and rendered back as it was, and in no row.</param>
/// <param name="Error">Why nothing of it can be read; null when something can.</param>
public record Conversion(ReadOnlyMemory<byte> Value, IReadOnlyList<RejectedElement> Rejected, string? Error)
{
    /// <summary>The conversion of a value that cannot be read.</summary>
    public static Conversion Failed(ReadOnlyMemory<byte> value, string error) => new(value, [], error);
}

/// <summary>A part of a value that does not parse.</summary>
/// <param name="Place">Where in the value it stood: its index in a list.</param>
/// <param name="Raw">Its JSON text.</param>
/// <param name="Reason">Why it does not parse.</param>
public sealed record RejectedElement(int Place, string Raw, string Reason);

namespace TraderHub.Core.Platform;

/// <summary>Something stored is not in a form that can be read. It is left as it is, and nothing is put in its place.</summary>
/// <param name="what">What it is, in words for its owner.</param>
/// <param name="place">Where it stands, for operators: table, column and key.</param>
/// <param name="innerException">What is wrong with it.</param>
public sealed class UnreadableDataException(string what, string place, Exception? innerException)
    : Exception($"The stored {what} cannot be read: {place}.", innerException)
{
    /// <summary>What it is, in words for its owner.</summary>
    public string What { get; } = what;
}

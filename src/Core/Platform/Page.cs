using System.Text.Json.Serialization;

namespace TraderHub.Core.Platform;

/// <summary>A part of a list, and the way to the next.</summary>
/// <param name="Items">The rows, in the list's order.</param>
/// <param name="NextCursor">What to send as <c>cursor</c> for the rows that follow; null on the last page.</param>
/// <param name="HasMore">Whether rows follow.</param>
/// <param name="Total">How many rows the whole list has; absent unless <c>includeTotal=true</c> asked for it.</param>
public sealed record Page<T>(
    IReadOnlyList<T> Items,
    string? NextCursor,
    bool HasMore,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Total)
{
    /// <summary>The same page of something else, such as the wire's shape of each row.</summary>
    public Page<TOther> Select<TOther>(Func<T, TOther> convert) => new(Items.Select(convert).ToList(), NextCursor, HasMore, Total);
}

namespace TraderHub.Core.Platform;

/// <summary>
/// Collects the problems of an input's fields, so that a caller learns all of them from one answer; of more than <see cref="Most"/> the first. Whoever sends
/// a hundred thousand wrong fields is not to be answered as many sentences.
/// </summary>
public sealed class FieldErrors
{
    /// <summary>The most problems that are kept.</summary>
    public const int Most = 20;

    private const int LongestName = 200;

    private readonly SortedDictionary<string, List<string>> messages = new(StringComparer.Ordinal);

    private int count;

    /// <summary>Whether no problem was found.</summary>
    public bool IsEmpty => messages.Count == 0;

    /// <summary>The problems by field.</summary>
    public IReadOnlyDictionary<string, string[]> Fields => messages.ToDictionary(named => named.Key, named => named.Value.ToArray());

    /// <summary>Whether there are more problems than are kept: looking for others is of no use.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Notes a problem of a field.</summary>
    public void Add(string field, string message)
    {
        if (count == Most)
        {
            HasMore = true;
            return;
        }

        var name = PlainText.Quote(field, LongestName);
        if (!messages.TryGetValue(name, out var ofField))
        {
            messages[name] = ofField = [];
        }

        ofField.Add(message);
        count++;
    }

    /// <summary>Notes a problem unless a condition holds, or the field has one already, such as that it is missing.</summary>
    public void Require(bool condition, string field, string message)
    {
        if (!condition && !Contains(field))
        {
            Add(field, message);
        }
    }

    /// <summary>Whether a field has a problem.</summary>
    public bool Contains(string field) => messages.ContainsKey(PlainText.Quote(field, LongestName));

    /// <summary>Notes the problems that others noted.</summary>
    public void AddAll(FieldErrors others)
    {
        ArgumentNullException.ThrowIfNull(others);
        foreach (var (field, message) in others.messages.SelectMany(field => field.Value.Select(message => (field.Key, message))))
        {
            Add(field, message);
        }

        HasMore |= others.HasMore;
    }

    /// <summary>The refusal with everything noted.</summary>
    public Error ToError() => Error.InvalidFields(Fields, HasMore);
}

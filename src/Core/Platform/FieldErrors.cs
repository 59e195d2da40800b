namespace TraderHub.Core.Platform;

/// <summary>Collects the problems of an input's fields, so that a caller learns all of them from one answer.</summary>
public sealed class FieldErrors
{
    private readonly SortedDictionary<string, List<string>> messages = new(StringComparer.Ordinal);

    /// <summary>Whether no problem was found.</summary>
    public bool IsEmpty => messages.Count == 0;

    /// <summary>The problems by field.</summary>
    public IReadOnlyDictionary<string, string[]> Fields => messages.ToDictionary(named => named.Key, named => named.Value.ToArray());

    /// <summary>Notes a problem of a field.</summary>
    public void Add(string field, string message)
    {
        if (!messages.TryGetValue(field, out var ofField))
        {
            messages[field] = ofField = [];
        }

        ofField.Add(message);
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
    public bool Contains(string field) => messages.ContainsKey(field);

    /// <summary>Notes the problems that others noted.</summary>
    public void AddAll(FieldErrors others)
    {
        ArgumentNullException.ThrowIfNull(others);
        foreach (var (field, message) in others.messages.SelectMany(field => field.Value.Select(message => (field.Key, message))))
        {
            Add(field, message);
        }
    }

    /// <summary>The refusal with everything noted.</summary>
    public Error ToError() => Error.InvalidFields(Fields);
}

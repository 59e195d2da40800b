namespace Azure.Data.Tables.Models;

/// <summary>A table.</summary>
public sealed class TableItem
{
    internal TableItem(string name) => Name = name;

    /// <summary>Its name.</summary>
    public string Name { get; }
}

namespace TraderHub.Core.Migration.Stages;

/// <summary>How far a group has moved. It is a wish that instances follow; who owns a key stands with the key (rule M1).</summary>
public enum Stage
{
    /// <summary>Only the key-value store is used.</summary>
    Kv,

    /// <summary>The key-value store owns every key; what is written is copied to SQL.</summary>
    Copy,

    /// <summary>Keys are handed over to SQL, and mirrored to the key-value store.</summary>
    Sql,

    /// <summary>Only SQL is used.</summary>
    SqlOnly,
}

/// <summary>The stages as they are written.</summary>
public static class StageNames
{
    /// <summary>All of them, in the order in which a group moves.</summary>
    public static IReadOnlyList<string> All { get; } = ["kv", "copy", "sql", "sql_only"];

    /// <summary>A stage's name.</summary>
    public static string ToText(this Stage stage) => All[(int)stage];

    /// <summary>The stage of a name; null when there is none.</summary>
    public static Stage? Parse(string text)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (All[i] == text)
            {
                return (Stage)i;
            }
        }

        return null;
    }
}

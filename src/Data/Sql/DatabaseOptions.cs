using TraderHub.Data.Platform;

namespace TraderHub.Data.Sql;

/// <summary>Where the SQL data is.</summary>
/// <param name="Directory">The folder of the SQLite files, one per module.</param>
public sealed record DatabaseOptions(string Directory)
{
    /// <summary>Reads the settings of the section <c>Database</c>.</summary>
    public static DatabaseOptions Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Choice("Database:Provider", "sqlite", "sqlite");
        return new(settings.Text("Database:Directory", "./data"));
    }
}

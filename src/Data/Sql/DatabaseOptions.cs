using TraderHub.Data.Platform;

namespace TraderHub.Data.Sql;

/// <summary>Which database holds the SQL data.</summary>
public enum DatabaseProvider
{
    /// <summary>One file per module on this machine.</summary>
    Sqlite,

    /// <summary>One schema per module in a PostgreSQL database.</summary>
    Postgres,
}

/// <summary>Where the SQL data is.</summary>
/// <param name="Provider">Which database.</param>
/// <param name="Directory">The data folder; with SQLite, of the files.</param>
/// <param name="ConnectionString">How PostgreSQL is reached; null with SQLite.</param>
public sealed record DatabaseOptions(DatabaseProvider Provider, string Directory, string? ConnectionString = null)
{
    private const string ConnectionStringKey = "Database:ConnectionString";

    private const string Example = "Host=localhost;Database=traderhub;Username=traderhub;Password=...";

    /// <summary>Reads the settings of the section <c>Database</c>.</summary>
    public static DatabaseOptions Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var isPostgres = settings.Choice("Database:Provider", "sqlite", "sqlite", "postgres") == "postgres";
        var directory = settings.Text("Database:Directory", "./data");
        var connectionString = settings.Secret(ConnectionStringKey, minimumLength: 1);
        if (isPostgres && connectionString is null)
        {
            settings.Report(ConnectionStringKey, "is missing: Database:Provider is postgres", Example);
        }

        if (isPostgres && connectionString is not null && !Postgres.PostgresEngine.IsConnectionString(connectionString))
        {
            settings.Report(ConnectionStringKey, "is not a connection string for PostgreSQL", Example);
        }

        if (!isPostgres && settings.IsInFunctionsPlan)
        {
            settings.Report("Database:Provider", "is 'sqlite', and a Functions plan's disk is neither shared nor durable", "postgres");
        }

        return new(isPostgres ? DatabaseProvider.Postgres : DatabaseProvider.Sqlite, directory, isPostgres ? connectionString : null);
    }
}

using Microsoft.Extensions.Logging;
using TraderHub.Data.Sql;

namespace TraderHub.Data.KeyValue.Sqlite;

/// <summary>The file <c>kv.db</c>. It is a SQLite file beside the others, also when those are in PostgreSQL.</summary>
public sealed class KeyValueDatabase(DatabaseOptions options, ILogger<KeyValueDatabase> logger)
    : ModuleDatabase("kv", new DatabaseOptions(DatabaseProvider.Sqlite, options.Directory), logger);

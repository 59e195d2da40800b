using Microsoft.Extensions.Logging;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Worktime;

/// <summary>The worktime module's database.</summary>
public sealed class WorktimeDatabase(DatabaseOptions options, ILogger<WorktimeDatabase> logger) : ModuleDatabase("worktime", options, logger);

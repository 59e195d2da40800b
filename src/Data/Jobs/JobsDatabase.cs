using Microsoft.Extensions.Logging;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Jobs;

/// <summary>The jobs module's database.</summary>
public sealed class JobsDatabase(DatabaseOptions options, ILogger<JobsDatabase> logger) : ModuleDatabase("jobs", options, logger);

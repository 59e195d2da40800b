using Microsoft.Extensions.Logging;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Signals;

/// <summary>The signals module's database.</summary>
public sealed class SignalsDatabase(DatabaseOptions options, ILogger<SignalsDatabase> logger) : ModuleDatabase("signals", options, logger);

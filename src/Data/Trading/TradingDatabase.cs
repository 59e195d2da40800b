using Microsoft.Extensions.Logging;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Trading;

/// <summary>The trading module's database; the host keeps its timers' status in it too.</summary>
public sealed class TradingDatabase(DatabaseOptions options, ILogger<TradingDatabase> logger) : ModuleDatabase("trading", options, logger);

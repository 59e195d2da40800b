using NodaTime;

namespace TraderHub.Core.Trading.Days;

/// <summary>A closed day whose ledger could not be read when it ended.</summary>
/// <param name="Day">The day.</param>
/// <param name="EndBalance">What it ended with, in US dollars.</param>
/// <param name="EndAsOf">When that was seen.</param>
public sealed record UnjudgedDay(DailyBalance Day, decimal EndBalance, Instant EndAsOf);

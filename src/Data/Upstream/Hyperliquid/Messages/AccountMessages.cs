namespace TraderHub.Data.Upstream.Hyperliquid.Messages;

/// <summary>One period of the answer to <c>portfolio</c>, such as <c>day</c>: pairs of milliseconds and US dollars. The profit begins at zero in each period.</summary>
internal sealed record PortfolioPeriod(IReadOnlyList<Pair<long, decimal>> AccountValueHistory, IReadOnlyList<Pair<long, decimal>> PnlHistory, decimal? Vlm = null);

/// <summary>The answer to <c>userRole</c>.</summary>
internal sealed record UserRole(string Role, UserRoleData? Data = null);

/// <summary>Whom it belongs to: an agent's <c>user</c>, a sub-account's <c>master</c>.</summary>
internal sealed record UserRoleData(string? User = null, string? Master = null);

/// <summary>The answer to <c>userRateLimit</c>, which is about orders, not about questions.</summary>
internal sealed record UserRateLimit(decimal CumVlm, long NRequestsUsed, long NRequestsCap, long? NRequestsSurplus = null);

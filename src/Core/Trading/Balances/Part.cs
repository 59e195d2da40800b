using NodaTime;

namespace TraderHub.Core.Trading.Balances;

/// <summary>A part of a balance, and when it was so: parts are kept for different times.</summary>
/// <param name="Value">The part.</param>
/// <param name="AsOf">When it was read.</param>
public sealed record Part<T>(T Value, Instant AsOf);

using TraderHub.Core.Jobs.Quotes;

namespace TraderHub.Core.Jobs.Runs;

/// <summary>What an operator decides about jobs.</summary>
/// <param name="Symbols">The symbols that are analysed where nobody names others.</param>
public sealed record JobsSettings(IReadOnlyList<MarketSymbol> Symbols);

using TraderHub.Core.Jobs.Analysis;

namespace TraderHub.Core.Jobs.Reports;

/// <summary>A verdict that is held to what happens: one with a direction and enough confidence.</summary>
internal static class Call
{
    /// <summary>Whether a verdict is one.</summary>
    public static bool IsCall(AnalyzedSymbol symbol) =>
        symbol.IsUsable && symbol.Confidence >= ReportThresholds.Call && Lean.Of(symbol.Sentiment) != 0;
}

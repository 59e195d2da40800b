namespace TraderHub.Core.Trading.Exchange;

/// <summary>How the exchange keeps an account's money, in its own word. Words that we do not know are kept, and treated as not telling (rule B5).</summary>
/// <param name="Name">The exchange's word, such as <c>unifiedAccount</c>.</param>
public sealed record AccountMode(string Name)
{
    /// <summary>Perpetuals and spot keep money of their own.</summary>
    public static AccountMode Disabled { get; } = new("disabled");

    /// <summary>All money lies on spot, also what perpetual positions use.</summary>
    public static AccountMode UnifiedAccount { get; } = new("unifiedAccount");

    /// <summary>As unified, and what is held can be borrowed against.</summary>
    public static AccountMode PortfolioMargin { get; } = new("portfolioMargin");

    /// <summary>The trader chose nothing. Perpetuals and spot of most such accounts keep money of their own, but the word does not vouch for it.</summary>
    public static AccountMode Default { get; } = new("default");

    /// <summary>Whether all money lies on spot; null when the word does not tell.</summary>
    public bool? IsUnified => Name switch
    {
        "unifiedAccount" or "portfolioMargin" => true,
        "disabled" or "dexAbstraction" => false,
        _ => null,
    };
}

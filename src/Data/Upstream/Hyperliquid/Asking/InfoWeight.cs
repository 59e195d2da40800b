namespace TraderHub.Data.Upstream.Hyperliquid.Asking;

/// <summary>What a question weighs in the upstream's budget.</summary>
/// <param name="Base">What it weighs in any case.</param>
/// <param name="MostRows">The most rows that an answer has, for the questions whose rows weigh too; 0 for the others.</param>
/// <param name="RowsPerWeight">How many rows weigh 1.</param>
internal readonly record struct InfoWeight(int Base, int MostRows = 0, int RowsPerWeight = 20)
{
    /// <summary>What is put down for it before its rows are known.</summary>
    public int AtMost => With(MostRows);

    /// <summary>What it has weighed with so many rows.</summary>
    public int With(int rows) => MostRows == 0 ? Base : Base + ((rows + RowsPerWeight - 1) / RowsPerWeight);

    /// <summary>The weight of a type of question.</summary>
    public static InfoWeight Of(string type) => type switch
    {
        "allMids" or "clearinghouseState" or "spotClearinghouseState" or "exchangeStatus" => new(2),
        "userRole" => new(60),
        "userFills" or "userFillsByTime" => new(20, 2000),
        "userFunding" or "userNonFundingLedgerUpdates" or "delegatorHistory" or "delegatorRewards" => new(20, 500),

        // Only days of one year are asked for.
        "candleSnapshot" => new(20, 400, 60),
        _ => new(20),
    };
}

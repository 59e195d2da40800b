namespace TraderHub.Data.Upstream.Hyperliquid.Messages;

/// <summary>One of the answers to <c>userFills</c> and <c>userFillsByTime</c>.</summary>
/// <param name="Coin">The market.</param>
/// <param name="Px">The price.</param>
/// <param name="Sz">The size, in units of the coin.</param>
/// <param name="Side"><c>B</c> bought, <c>A</c> sold.</param>
/// <param name="Time">In milliseconds.</param>
/// <param name="StartPosition">The position before.</param>
/// <param name="Dir">What it did, such as <c>Close Long</c>.</param>
/// <param name="ClosedPnl">The profit that it realised, before fees.</param>
/// <param name="Hash">The transaction; zero for parts of a TWAP order, so no key.</param>
/// <param name="Oid">The order.</param>
/// <param name="Crossed">Whether it took from the book.</param>
/// <param name="Fee">In units of <paramref name="FeeToken"/>; negative is a rebate.</param>
/// <param name="Tid">The trade; missing in fills of 2023.</param>
/// <param name="FeeToken">What the fee was paid in; fills of 2023 do not say, and paid USDC.</param>
/// <param name="BuilderFee">The part of the fee that went to who built the order's program.</param>
/// <param name="Cloid">The trader's own id of the order.</param>
/// <param name="TwapId">The TWAP order that it is a part of.</param>
/// <param name="Liquidation">Set when the fill was part of a liquidation.</param>
internal sealed record Fill(
    string Coin,
    decimal Px,
    decimal Sz,
    string Side,
    long Time,
    decimal StartPosition,
    string Dir,
    decimal ClosedPnl,
    string Hash,
    long Oid,
    bool Crossed,
    decimal Fee,
    long? Tid = null,
    string? FeeToken = null,
    decimal? BuilderFee = null,
    string? Cloid = null,
    long? TwapId = null,
    FillLiquidation? Liquidation = null)
{
    /// <summary>What tells it from the trader's other fills. Without a trade's number, only all of it together does.</summary>
    public object Identity() => Tid is { } tid ? (Coin, tid, Oid, Side) : this;
}

/// <summary>The method is <c>market</c> or <c>backstop</c>.</summary>
internal sealed record FillLiquidation(string? LiquidatedUser = null, decimal? MarkPx = null, string? Method = null);

using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Data.Upstream.Hyperliquid.Asking;

/// <summary>A request to <c>POST /info</c>. What is null is not sent; times are in milliseconds, both ends included.</summary>
internal sealed record InfoRequest(
    string Type, string? User = null, string? Dex = null, long? StartTime = null, long? EndTime = null, bool? AggregateByTime = null, CandleRange? Req = null)
{
    /// <summary>A question about an account.</summary>
    public static InfoRequest Of(string type, WalletAddress user) => new(type, user.ToString());

    /// <summary>The same question to one exchange of perpetuals; the main one is not named.</summary>
    public InfoRequest On(string dex) => dex == PerpDex.Main ? this : this with { Dex = dex };
}

/// <summary>Which candles are asked for; times are in milliseconds, both ends included.</summary>
internal sealed record CandleRange(string Coin, string Interval, long StartTime, long EndTime);

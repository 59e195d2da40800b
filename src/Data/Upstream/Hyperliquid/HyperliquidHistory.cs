using System.Runtime.CompilerServices;
using TraderHub.Core.Trading;
using TraderHub.Data.Upstream.Hyperliquid.Asking;
using TraderHub.Data.Upstream.Hyperliquid.Messages;

namespace TraderHub.Data.Upstream.Hyperliquid;

/// <summary>What happened to an account, in Hyperliquid's own shapes. Times are in milliseconds, both ends included; pages come oldest first, each row once.</summary>
internal sealed class HyperliquidHistory(HyperliquidInfo info)
{
    private const int FillsPerPage = 2000;

    private const int UpdatesPerPage = 500;

    /// <summary>The newest fills, newest first or last: at most 2,000.</summary>
    public Task<List<Fill>> ReadNewestFillsAsync(WalletAddress user, CancellationToken cancellationToken) => info.AskAsync(
        InfoRequest.Of("userFills", user) with { AggregateByTime = false }, HyperliquidJson.Default.ListFill, cancellationToken);

    /// <summary>The fills of a time. Hyperliquid has no more than the newest 10,000 of an account.</summary>
    public IAsyncEnumerable<IReadOnlyList<Fill>> ReadFillsAsync(WalletAddress user, long from, long? to, CancellationToken cancellationToken)
    {
        // Never aggregated: that would make one row of many, which could not be told apart afterwards.
        var request = InfoRequest.Of("userFillsByTime", user) with { EndTime = to, AggregateByTime = false };
        return new TimePages<Fill>(FillsPerPage, fill => fill.Time, fill => fill.Identity()).ReadAsync(
            from, start => info.AskAsync(request with { StartTime = start }, HyperliquidJson.Default.ListFill, cancellationToken));
    }

    /// <summary>The funding of a time.</summary>
    public IAsyncEnumerable<IReadOnlyList<FundingUpdate>> ReadFundingAsync(WalletAddress user, long from, long? to, CancellationToken cancellationToken)
    {
        var request = InfoRequest.Of("userFunding", user) with { EndTime = to };
        return new TimePages<FundingUpdate>(UpdatesPerPage, update => update.Time, update => update.Identity()).ReadAsync(
            from, start => info.AskAsync(request with { StartTime = start }, HyperliquidJson.Default.ListFundingUpdate, cancellationToken));
    }

    /// <summary>The other movements of money of a time.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LedgerUpdate>> ReadLedgerAsync(
        WalletAddress user, long from, long? to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A transaction may move the same amount twice: such rows are told apart by their order, which is the same on each page that has them.
        var request = InfoRequest.Of("userNonFundingLedgerUpdates", user) with { EndTime = to };
        var pages = new TimePages<(LedgerUpdate Update, object Identity)>(UpdatesPerPage, row => row.Update.Time, row => row.Identity).ReadAsync(
            from, async start => (await info.AskAsync(request with { StartTime = start }, HyperliquidJson.Default.ListLedgerUpdate, cancellationToken))
                .GroupBy(update => update.Identity())
                .SelectMany(alike => alike.Select((update, ordinal) => (update, (object)(alike.Key, ordinal))))
                .OrderBy(row => row.update.Time)
                .ToList());
        await foreach (var page in pages)
        {
            yield return page.Select(row => row.Update).ToList();
        }
    }

    /// <summary>The account's value and profit by period: <c>day</c>, <c>week</c>, <c>month</c>, <c>allTime</c>, and the same of perpetuals alone.</summary>
    public Task<IReadOnlyDictionary<string, PortfolioPeriod>> ReadPortfolioAsync(WalletAddress user, CancellationToken cancellationToken) => info.AskAsync(
        InfoRequest.Of("portfolio", user),
        HyperliquidJson.Default.ListPairStringPortfolioPeriod,
        IReadOnlyDictionary<string, PortfolioPeriod> (periods) =>
            periods.DistinctBy(period => period.First).ToDictionary(period => period.First, period => period.Second ?? throw HyperliquidInfo.Incomplete(period.First)),
        cancellationToken);

    public Task<List<DelegatorReward>> ReadStakingRewardsAsync(WalletAddress user, CancellationToken cancellationToken) =>
        info.AskAsync(InfoRequest.Of("delegatorRewards", user), HyperliquidJson.Default.ListDelegatorReward, cancellationToken);

    public Task<List<DelegatorUpdate>> ReadStakingHistoryAsync(WalletAddress user, CancellationToken cancellationToken) =>
        info.AskAsync(InfoRequest.Of("delegatorHistory", user), HyperliquidJson.Default.ListDelegatorUpdate, cancellationToken);
}

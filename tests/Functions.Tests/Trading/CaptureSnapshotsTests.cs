using System.Net;
using TraderHub.Core.Trading;
using TraderHub.Testing;
using static TraderHub.Functions.Tests.Trading.ExchangeAccounts;

namespace TraderHub.Functions.Tests.Trading;

public sealed class CaptureSnapshotsTests : TradingTests
{
    [Fact]
    public async Task CaptureSnapshots_StoresEachTraderOnceForTheHalfHour()
    {
        await SignInAsync(3);

        await RunAsync();
        await RunAsync();

        Assert.Equal(3, Exchange.Requests.Count(request => request.Contains($"\"{Perps}\"", StringComparison.Ordinal)));
        Assert.Equal(
            ["1795253400 -7.25 1000.5 1100.0 2.0 100.05"],
            Host.Query<string>("SELECT DISTINCT snapshot_time || ' ' || total_pnl || ' ' || account_value || ' ' || total_value || ' ' || leverage || ' ' || margin_used FROM position_snapshots"));
        Assert.Equal([3L], Host.Query<long>("SELECT COUNT(*) FROM position_snapshots"));
        Assert.Equal(["completed 3 0 0", "completed 0 0 0"], Runs());
    }

    [Fact]
    public async Task CaptureSnapshots_InTheNextHalfHour_StoresTheNextOnes()
    {
        await SignInAsync(1);
        await RunAsync();

        await Host.Clock.WaitForTimerAsync();
        Host.Clock.Advance(TimeSpan.FromMinutes(20));

        await EventuallyAsync(() => Host.Query<long>("SELECT COUNT(*) FROM position_snapshots").Single() == 2);
        Assert.Equal([1795253400L, 1795255200L], Host.Query<long>("SELECT snapshot_time FROM position_snapshots ORDER BY 1"));
    }

    [Fact]
    public async Task CaptureSnapshots_ATraderWithoutPositions_IsSkipped()
    {
        await SignInAsync(1);
        Exchange.Answer(Perps, NoPerps);

        await RunAsync();

        Assert.Equal(["completed 0 0 1"], Runs());
        Assert.Equal([0L], Host.Query<long>("SELECT COUNT(*) FROM position_snapshots"));
    }

    [Fact]
    public async Task CaptureSnapshots_AnUpstreamThatFailsForOne_LeavesAGapWithItsReasonAndServesTheRest()
    {
        await SignInAsync(3);
        Exchange.Answer(Perps, async http =>
        {
            var isSecond = UpstreamDouble.QuestionOf(http).Contains("0x0000000000000000000000000000000000000002", StringComparison.Ordinal);
            http.Response.StatusCode = isSecond ? (int)HttpStatusCode.BadGateway : (int)HttpStatusCode.OK;
            http.Response.ContentType = isSecond ? "text/html" : "application/json";
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, isSecond ? "<html>" : PerpsAccount);
        });

        await RunAsync();

        Assert.Equal([2L], Host.Query<long>("SELECT COUNT(*) FROM position_snapshots"));
        Assert.Equal(
            ["0x0000000000000000000000000000000000000002 1795253400 Hyperliquid answered with status 502."],
            Host.Query<string>("SELECT user_address || ' ' || snapshot_time || ' ' || reason FROM snapshot_gaps"));
        Assert.Equal(["completed 2 1 0"], Runs());
        Assert.Equal(["Hyperliquid answered with status 502."], Host.Query<string>("SELECT error_message FROM cron_logs"));
    }

    [Fact]
    public async Task CaptureSnapshots_AfterTheUpstreamIsBack_FillsTheGapOfTheSameHalfHour()
    {
        await SignInAsync(2);
        Exchange.Answer(Perps, 500, "application/json", "null");
        await RunAsync();
        Assert.Equal([2L], Host.Query<long>("SELECT COUNT(*) FROM snapshot_gaps"));
        Assert.Equal([0L], Host.Query<long>("SELECT COUNT(*) FROM position_snapshots"));

        Exchange.Answer(Perps, PerpsAccount);
        await RunAsync();

        Assert.Equal([0L], Host.Query<long>("SELECT COUNT(*) FROM snapshot_gaps"));
        Assert.Equal([2L], Host.Query<long>("SELECT COUNT(*) FROM position_snapshots"));
    }

    private IReadOnlyList<string> Runs() => Host.Query<string>(
        "SELECT status || ' ' || users_processed || ' ' || users_failed || ' ' || users_skipped FROM cron_logs ORDER BY id");

    private async Task SignInAsync(int traders)
    {
        for (var i = 1; i <= traders; i++)
        {
            await Host.SignInAsync(WalletAddress.Parse($"0x{i:x40}"));
        }
    }

    private async Task RunAsync()
    {
        var before = Host.Query<long>("SELECT COUNT(*) FROM cron_logs WHERE status <> 'started'").Single();
        (await Host.RunTimerAsync("CaptureSnapshots")).EnsureSuccessStatusCode();
        await EventuallyAsync(() => Host.Query<long>("SELECT COUNT(*) FROM cron_logs WHERE status <> 'started'").Single() == before + 1);
    }

    /// <summary>Work in the background is paced by the clock, so that has to go on meanwhile.</summary>
    private Task EventuallyAsync(Func<bool> condition) => Eventually.TrueAsync(() =>
    {
        Host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        return condition();
    });
}

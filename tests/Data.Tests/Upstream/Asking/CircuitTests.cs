using TraderHub.Core.Platform;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Exchange;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Upstream.Asking;

/// <summary>What callers and timers see of an upstream that is down (rule U3).</summary>
public sealed class CircuitTests
{
    private const int Burst = 8;

    [Fact]
    public async Task AfterABurstOfFailures_CallersAreToldAtOnceAndNobodyIsAsked()
    {
        await using var hyperliquid = await BrokenAsync();
        var asked = hyperliquid.Asked;

        var exception = await Assert.ThrowsAsync<UpstreamException>(() => hyperliquid.ReadAsync());

        Assert.Equal(UpstreamFailure.Failed, exception.Failure);
        Assert.Equal(
            "Hyperliquid is not asked for another 5 s, because it kept failing. Last: Hyperliquid answered with status 502.", exception.Message);
        Assert.Equal(asked, hyperliquid.Asked);
        Assert.Equal(Burst + 1, hyperliquid.Log.Lines.Count);
    }

    [Fact]
    public async Task WhenTheBreakIsOver_OneQuestionSeesThatItIsBack()
    {
        await using var hyperliquid = await BrokenAsync();
        hyperliquid.Clock.Advance(TimeSpan.FromSeconds(5.1));
        hyperliquid.Fail(0);

        Assert.Equal(5m, (await hyperliquid.ReadAsync()).AccountValue);
        Assert.Equal(5m, (await hyperliquid.ReadAsync()).AccountValue);
    }

    [Fact]
    public async Task WhenTheBreakIsOverAndItStillFails_TheNextBreakIsLonger()
    {
        await using var hyperliquid = await BrokenAsync();
        hyperliquid.Clock.Advance(TimeSpan.FromSeconds(5.1));
        await Assert.ThrowsAsync<UpstreamException>(() => hyperliquid.ReadAsync());
        Assert.Equal(Burst + 1, hyperliquid.Asked);

        hyperliquid.Clock.Advance(TimeSpan.FromSeconds(5.1));
        await Assert.ThrowsAsync<UpstreamException>(() => hyperliquid.ReadAsync());

        Assert.Equal(Burst + 1, hyperliquid.Asked);
    }

    [Fact]
    public async Task ACallerWhoLeavesTheQuestionThatLooks_HasShownNothing()
    {
        await using var hyperliquid = await BrokenAsync();
        hyperliquid.Clock.Advance(TimeSpan.FromSeconds(5.1));
        hyperliquid.Upstream.NeverAnswer(HyperliquidConnection.Perps);
        using var caller = new CancellationTokenSource();
        var looking = hyperliquid.ReadAsync(caller.Token);
        await Eventually.TrueAsync(() => hyperliquid.Asked == Burst + 1);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => looking);

        // The call ends a moment after its caller; until then another question would join the look.
        await Eventually.TrueAsync(() => hyperliquid.Budget.State.Used == (Burst + 1) * 2);
        hyperliquid.Fail(0);
        var exception = await Assert.ThrowsAsync<UpstreamException>(() => hyperliquid.ReadAsync());

        Assert.StartsWith("Hyperliquid is not asked", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAddressThatNobodyListensAt_IsUnreachable_AlsoWhileItIsNotAsked()
    {
        await using var hyperliquid = await HyperliquidConnection.StartAsync(("Hyperliquid:Retries", "0"));
        await hyperliquid.Upstream.DisposeAsync();

        for (var i = 0; i <= Burst; i++)
        {
            var exception = await Assert.ThrowsAsync<UpstreamException>(() => hyperliquid.ReadAsync());
            Assert.Equal(UpstreamFailure.Unreachable, exception.Failure);
        }

        Assert.Equal(0, hyperliquid.Budget.State.Used);
    }

    [Fact]
    public async Task WorkInTheBackground_WaitsUntilTheUpstreamIsBack()
    {
        await using var hyperliquid = await BrokenAsync(retries: 1);
        var reads = Enumerable.Range(1, 8).Select(trader => InBackgroundAsync(hyperliquid, trader)).ToList();
        var down = hyperliquid.Clock.GetUtcNow() + TimeSpan.FromMinutes(4);
        await hyperliquid.RunUntilAsync(() => hyperliquid.Clock.GetUtcNow() > down, seconds: 0.5);
        Assert.DoesNotContain(reads, read => read.IsCompleted);

        hyperliquid.Fail(0);

        await hyperliquid.RunUntilAsync(() => reads.All(read => read.IsCompleted), seconds: 0.5);
        Assert.All(await Task.WhenAll(reads), account => Assert.Equal(5m, account.AccountValue));
    }

    [Fact]
    public async Task WorkInTheBackground_DoesNotWaitForAnUpstreamThatHasBeenDownForLong()
    {
        await using var hyperliquid = await BrokenAsync(retries: 1);
        var first = InBackgroundAsync(hyperliquid, 1);
        await hyperliquid.RunUntilAsync(() => first.IsCompleted, seconds: 1);
        await Assert.ThrowsAsync<UpstreamException>(() => first);

        var exception = await Assert.ThrowsAsync<UpstreamException>(async () =>
        {
            var next = InBackgroundAsync(hyperliquid, 2);
            await Eventually.TrueAsync(() => next.IsCompleted);
            await next;
        });

        Assert.StartsWith("Hyperliquid is not asked", exception.Message, StringComparison.Ordinal);
    }

    private static Task<PerpAccount> InBackgroundAsync(HyperliquidConnection hyperliquid, int trader) =>
        hyperliquid.Exchange.InBackground.ReadPerpAccountAsync(WalletAddress.Parse($"0x{trader:x40}"), PerpDex.Main, CancellationToken.None);

    /// <summary>A connection to an upstream that has just failed too often.</summary>
    private static async Task<HyperliquidConnection> BrokenAsync(int retries = 0)
    {
        var hyperliquid = await HyperliquidConnection.StartAsync(("Hyperliquid:Retries", $"{retries}"));
        hyperliquid.Fail(int.MaxValue);
        for (var i = 0; i < Burst / (retries + 1); i++)
        {
            var read = hyperliquid.ReadAsync();
            await hyperliquid.RunUntilAsync(() => read.IsCompleted, 0.05);
            await Assert.ThrowsAsync<UpstreamException>(() => read);
        }

        Assert.Equal(Burst, hyperliquid.Asked);
        return hyperliquid;
    }
}

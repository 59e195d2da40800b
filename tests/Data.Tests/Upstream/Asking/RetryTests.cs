using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Exchange;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Upstream.Asking;

public sealed class RetryTests : IAsyncLifetime
{
    private HyperliquidConnection hyperliquid = null!;

    public async Task InitializeAsync() => hyperliquid = await HyperliquidConnection.StartAsync(("Hyperliquid:TimeoutSeconds", "60"));

    public async Task DisposeAsync() => await hyperliquid.DisposeAsync();

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    public async Task AFailureThatPasses_IsNotSeenByTheCaller_AndEachTryPaysItsWeight(int status)
    {
        hyperliquid.Fail(2, status);

        var account = await InTimeAsync(hyperliquid.ReadAsync());

        Assert.Equal(5m, account.AccountValue);
        Assert.Equal(3, hyperliquid.Asked);
        Assert.Equal(6, hyperliquid.Budget.State.Used);
        Assert.Empty(hyperliquid.Log.Lines);
    }

    [Fact]
    public async Task AnAnswerThatBrokeOff_IsAskedForAgain()
    {
        hyperliquid.Upstream.AnswerHalf(HyperliquidConnection.Perps, HyperliquidConnection.EmptyAccount);

        var read = hyperliquid.ReadAsync();
        await Eventually.TrueAsync(() => hyperliquid.Asked == 1);
        hyperliquid.Fail(0);

        Assert.Equal(5m, (await InTimeAsync(read)).AccountValue);
        Assert.InRange(hyperliquid.Asked, 2, 3);
    }

    [Fact]
    public async Task AFailureThatStays_IsAskedThreeTimesAndLoggedOnce()
    {
        hyperliquid.Fail(int.MaxValue);

        var exception = await Assert.ThrowsAsync<UpstreamException>(() => InTimeAsync(hyperliquid.ReadAsync()));

        Assert.Equal(UpstreamFailure.Failed, exception.Failure);
        Assert.Equal("Hyperliquid answered with status 502.", exception.Message);
        Assert.Equal(3, hyperliquid.Asked);
        Assert.Single(hyperliquid.Log.Lines);
    }

    [Theory]
    [InlineData(422, "text/plain", "Failed to deserialize the JSON body into the target type")]
    [InlineData(404, "text/html", "<html>")]
    [InlineData(200, "text/html", "<html>")]
    [InlineData(200, "application/json", "[]")]
    [InlineData(200, "application/json", "null")]
    public async Task AnAnswerThatIsWholeAndWrong_IsNotAskedForAgain(int status, string contentType, string body)
    {
        hyperliquid.Upstream.Answer(HyperliquidConnection.Perps, status, contentType, body);

        var exception = await Assert.ThrowsAsync<UpstreamException>(() => hyperliquid.ReadAsync());

        Assert.Equal(UpstreamFailure.BadAnswer, exception.Failure);
        Assert.Equal(1, hyperliquid.Asked);
    }

    [Fact]
    public async Task TooManyRequests_HoldEverybodyBackForTwoSeconds()
    {
        hyperliquid.Fail(1, 429);
        var refused = hyperliquid.ReadAsync();
        await Eventually.TrueAsync(() => hyperliquid.Asked == 1);
        await hyperliquid.RunUntilAsync(() => hyperliquid.Budget.State.WaitingCallers == 1, 0.01);

        var other = hyperliquid.Exchange.ReadAccountModeAsync(HyperliquidConnection.Address, CancellationToken.None);
        hyperliquid.Upstream.Answer("userAbstraction", "\"disabled\"");
        await Eventually.TrueAsync(() => hyperliquid.Budget.State.WaitingCallers == 2);
        Assert.Equal(1, hyperliquid.Asked);

        hyperliquid.Clock.Advance(TimeSpan.FromSeconds(2));
        await Task.WhenAll(refused, other);
        Assert.Equal(AccountMode.Disabled, await other);
    }

    [Fact]
    public async Task AllTriesTogether_TakeNoLongerThanTheCallerWaits()
    {
        var tries = 0;
        hyperliquid.Upstream.Answer(HyperliquidConnection.Perps, async http =>
        {
            if (Interlocked.Increment(ref tries) == 1)
            {
                http.Response.StatusCode = 502;
                return;
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        });
        var started = hyperliquid.Clock.GetUtcNow();
        var read = hyperliquid.ReadAsync();
        await hyperliquid.RunUntilAsync(() => tries == 2);
        hyperliquid.Clock.Advance(started + TimeSpan.FromSeconds(60) - hyperliquid.Clock.GetUtcNow());

        Assert.Equal(UpstreamFailure.Timeout, (await Assert.ThrowsAsync<UpstreamException>(() => read)).Failure);
        Assert.Single(hyperliquid.Log.Lines);
    }

    [Fact]
    public async Task WorkInTheBackground_OutlastsWhatACallerDoesNot()
    {
        hyperliquid.Fail(6);

        var account = await InTimeAsync(hyperliquid.ReadInBackgroundAsync(), seconds: 0.5);

        Assert.Equal(5m, account.AccountValue);
        Assert.Equal(7, hyperliquid.Asked);
    }

    [Fact]
    public async Task WorkInTheBackground_EndsAtOnceWhenTheHostStops()
    {
        hyperliquid.Fail(int.MaxValue);
        using var host = new CancellationTokenSource();
        var read = hyperliquid.ReadInBackgroundAsync(host.Token);
        await Eventually.TrueAsync(() => hyperliquid.Asked == 1);

        await host.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
    }

    private async Task<T> InTimeAsync<T>(Task<T> read, double seconds = 0.1)
    {
        await hyperliquid.RunUntilAsync(() => read.IsCompleted, seconds);
        return await read;
    }
}

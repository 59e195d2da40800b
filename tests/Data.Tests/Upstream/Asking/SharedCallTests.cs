using Microsoft.AspNetCore.Http;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Exchange;
using TraderHub.Data.Upstream.Hyperliquid.Asking;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Upstream.Asking;

public sealed class SharedCallTests : IAsyncLifetime
{
    private readonly TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource hungUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HyperliquidConnection hyperliquid = null!;

    public async Task InitializeAsync()
    {
        hyperliquid = await HyperliquidConnection.StartAsync();
        hyperliquid.Upstream.Answer(HyperliquidConnection.Perps, async http =>
        {
            await using var registration = http.RequestAborted.Register(() => hungUp.TrySetResult());
            await Task.WhenAny(answered.Task, hungUp.Task);
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(HyperliquidConnection.EmptyAccount);
        });
    }

    public async Task DisposeAsync() => await hyperliquid.DisposeAsync();

    [Fact]
    [Trait("Case", "A4")]
    public async Task TheSameWithinASecond_IsAskedOnce_AndAgainAfterwards()
    {
        var reads = Enumerable.Range(0, 20).Select(_ => hyperliquid.ReadAsync()).Append(hyperliquid.ReadInBackgroundAsync()).ToList();
        await Eventually.TrueAsync(() => hyperliquid.Asked == 1);
        answered.SetResult();

        Assert.All(await Task.WhenAll(reads), account => Assert.Equal(5m, account.AccountValue));
        hyperliquid.Clock.Advance(TimeSpan.FromMilliseconds(999));
        await hyperliquid.ReadAsync();
        Assert.Equal(1, hyperliquid.Asked);

        hyperliquid.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await hyperliquid.ReadAsync();
        Assert.Equal(2, hyperliquid.Asked);
    }

    [Fact]
    public async Task WhatMustBeNewerThanSomethingJustRead_IsAskedAgain()
    {
        answered.SetResult();
        await hyperliquid.ReadAsync();

        await hyperliquid.Exchange.Afresh.ReadPerpAccountAsync(HyperliquidConnection.Address, PerpDex.Main, CancellationToken.None);

        Assert.Equal(2, hyperliquid.Asked);
    }

    [Fact]
    public async Task ACallerWhoLeaves_LeavesTheOthersTheirAnswer()
    {
        using var caller = new CancellationTokenSource();
        var first = hyperliquid.ReadAsync(caller.Token);
        var second = hyperliquid.ReadAsync();
        await Eventually.TrueAsync(() => hyperliquid.Asked == 1);

        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        answered.SetResult();

        Assert.Equal(5m, (await second).AccountValue);
        Assert.Equal(1, hyperliquid.Asked);
    }

    [Fact]
    public async Task WhenTheLastCallerHasGone_TheCallEnds()
    {
        using var caller = new CancellationTokenSource();
        var reads = new[] { hyperliquid.ReadAsync(caller.Token), hyperliquid.ReadAsync(caller.Token) };
        await Eventually.TrueAsync(() => hyperliquid.Asked == 1);

        await caller.CancelAsync();

        await hungUp.Task.WaitAsync(Eventually.Limit, TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(reads));
        Assert.Empty(hyperliquid.Log.Lines);
    }

    [Fact]
    public async Task AFailure_IsTheSameForAll_AndLoggedOnce()
    {
        hyperliquid.Upstream.Answer(HyperliquidConnection.Perps, async http =>
        {
            await answered.Task;
            http.Response.StatusCode = 422;
        });
        var reads = Enumerable.Range(0, 5).Select(_ => hyperliquid.ReadAsync()).ToList();
        await Eventually.TrueAsync(() => hyperliquid.Asked == 1);
        answered.SetResult();

        foreach (var read in reads)
        {
            await Assert.ThrowsAsync<UpstreamException>(() => read);
        }

        Assert.Single(hyperliquid.Log.Lines);
    }

    [Fact]
    public async Task AQuestionInTheBackground_ThatACallerJoins_IsAskedBeforeTheOthers()
    {
        answered.SetResult();
        hyperliquid.Upstream.Answer("userAbstraction", "\"disabled\"");
        var everything = await hyperliquid.Budget.EnterAsync(1200, null, new Urgency(hyperliquid.Clock, TimeSpan.FromHours(1)), CancellationToken.None);
        var other = hyperliquid.Exchange.InBackground.ReadAccountModeAsync(HyperliquidConnection.Address, CancellationToken.None);
        await Eventually.TrueAsync(() => hyperliquid.Budget.State.WaitingInBackground == 1);
        var background = hyperliquid.ReadInBackgroundAsync();
        await Eventually.TrueAsync(() => hyperliquid.Budget.State.WaitingInBackground == 2);

        await Assert.ThrowsAsync<UpstreamException>(() => hyperliquid.ReadAsync());
        everything.Settle(1195);
        hyperliquid.Clock.Advance(TimeSpan.FromSeconds(55));
        var caller = hyperliquid.ReadAsync();

        await Task.WhenAll(caller, background);
        Assert.False(other.IsCompleted);
        Assert.Equal(1, hyperliquid.Asked);
        hyperliquid.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(AccountMode.Disabled, await other);
    }

    [Fact]
    public async Task WorkInTheBackground_ThatJoinedACallersQuestion_GoesOnWhenTheCallerGivesUp()
    {
        hyperliquid.Fail(3);
        var caller = hyperliquid.ReadAsync();
        var background = hyperliquid.ReadInBackgroundAsync();

        await hyperliquid.RunUntilAsync(() => background.IsCompleted);

        await Assert.ThrowsAsync<UpstreamException>(() => caller);
        Assert.Equal(5m, (await background).AccountValue);
    }

    [Fact]
    public void ACaller_DoesNotWaitForTheNextTryOfWorkInTheBackground()
    {
        var calls = new SharedCalls(hyperliquid.Budget, hyperliquid.Clock);
        var background = Join(patience: null);
        Assert.Same(background, Join(patience: null));

        background.HasFailed = true;

        var callers = Join(TimeSpan.FromSeconds(10));
        Assert.NotSame(background, callers);
        Assert.Same(callers, Join(patience: null));

        SharedCall Join(TimeSpan? patience) => calls.Join("question", patience, isAfresh: false, _ => new TaskCompletionSource<object>().Task);
    }
}

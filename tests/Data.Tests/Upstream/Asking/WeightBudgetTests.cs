using TraderHub.Core.Platform;
using TraderHub.Data.Upstream.Hyperliquid;
using TraderHub.Data.Upstream.Hyperliquid.Asking;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Upstream.Asking;

public sealed class WeightBudgetTests
{
    private const int Limit = 1200;

    private readonly ManualClock clock = new("2026-11-21T09:30:00Z");
    private readonly WeightBudget budget;

    public WeightBudgetTests() =>
        budget = new(new HyperliquidOptions(new Uri("http://127.0.0.1:9"), TimeSpan.FromSeconds(10), Limit, 0), clock);

    [Fact]
    public async Task Callers_MayUseAllOfItAtOnce_AndNoMoreUntilAMinuteAfterTheirAnswers()
    {
        for (var i = 0; i < Limit / 20; i++)
        {
            (await CallerAsync(20)).Settle(20);
        }

        var next = CallerAsync(20, TimeSpan.FromMinutes(2));
        Assert.Equal(new BudgetState(Limit, Limit, 1, 0), budget.State);

        clock.Advance(TimeSpan.FromSeconds(59.999));
        Assert.False(next.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(next.IsCompletedSuccessfully);
        Assert.Equal(new BudgetState(Limit, 20, 0, 0), budget.State);
    }

    [Fact]
    public async Task ACallerWhoWouldWaitTooLong_IsToldAtOnceHowLong()
    {
        (await CallerAsync(Limit)).Settle(Limit);
        clock.Advance(TimeSpan.FromSeconds(30));

        var exception = await Assert.ThrowsAsync<UpstreamException>(() => CallerAsync(2));

        Assert.Equal(UpstreamFailure.RateLimited, exception.Failure);
        Assert.Equal("Hyperliquid may not be asked for another 30 s: this host has used its 1200 weight a minute.", exception.Message);
        Assert.Equal(0, budget.State.WaitingCallers);

        clock.Advance(TimeSpan.FromSeconds(20));
        var waits = CallerAsync(2);
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.True(waits.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task WhatAnAnswerDidNotWeigh_IsGivenBack_AndMoreIsADebt()
    {
        (await CallerAsync(120)).Settle(21);
        Assert.Equal(21, budget.State.Used);

        (await CallerAsync(20)).Settle(Limit);
        Assert.Equal((Limit + 21, 0), (budget.State.Used, budget.State.Left));
    }

    [Fact]
    public async Task AQuestionWithoutAnAnswer_HasWeighedAllThatWasPutDown()
    {
        (await CallerAsync(120)).Dispose();

        Assert.Equal(120, budget.State.Used);
    }

    [Fact]
    public async Task APause_HoldsEverybodyBack()
    {
        budget.Pause(TimeSpan.FromSeconds(2));
        var caller = CallerAsync(2);
        var timer = InBackgroundAsync(2, new Urgency(clock, null));

        clock.Advance(TimeSpan.FromSeconds(1.999));
        Assert.False(caller.IsCompleted || timer.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(caller.IsCompletedSuccessfully && timer.IsCompletedSuccessfully);
        await Assert.ThrowsAsync<UpstreamException>(() =>
        {
            budget.Pause(TimeSpan.FromSeconds(11));
            return CallerAsync(2);
        });
    }

    [Fact]
    public void WorkInTheBackground_IsSpreadEvenly_AndUsesNearlyAllOfIt()
    {
        var perSecond = new List<int>();
        var waiting = Enumerable.Range(0, 4000).Select(_ => InBackgroundAsync(2, new Urgency(clock, null))).ToList();
        var settled = 0;
        for (var second = 0; second < 180; second++)
        {
            var before = settled;
            for (var i = 0; i < 100; i++)
            {
                clock.Advance(TimeSpan.FromMilliseconds(10));
                while (settled < waiting.Count && waiting[settled].IsCompletedSuccessfully)
                {
                    Settle(waiting[settled++], 2);
                }
            }

            perSecond.Add((settled - before) * 2);
        }

        var secondMinute = perSecond.Skip(60).Take(60).Sum();
        Assert.InRange(secondMinute, Limit * 95 / 100, Limit);
        Assert.All(perSecond.Skip(1), weight => Assert.InRange(weight, 16, 22));
    }

    [Fact]
    public void ACaller_FindsRoomWhileTheBackgroundUsesAllThatItMay()
    {
        var background = Enumerable.Range(0, 1000).Select(_ => InBackgroundAsync(2, new Urgency(clock, null))).ToList();
        for (var i = 0; i < 12_000; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(10));
            background.Where(ask => ask.IsCompletedSuccessfully).ToList().ForEach(ask => Settle(ask, 2));
        }

        Assert.True(CallerAsync(20).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task AQuestionInTheBackground_ThatACallerJoins_GoesFirst()
    {
        var running = await CallerAsync(Limit);
        var first = InBackgroundAsync(20, new Urgency(clock, null));
        var urgency = new Urgency(clock, null);
        var joined = InBackgroundAsync(20, urgency);

        budget.Hurry(urgency, TimeSpan.FromMinutes(2));
        Assert.Equal((1, 1), (budget.State.WaitingCallers, budget.State.WaitingInBackground));
        running.Settle(Limit - 20);

        Assert.True(joined.IsCompletedSuccessfully);
        Assert.False(first.IsCompleted);
    }

    [Fact]
    public async Task AQuestionInTheBackground_ThatACallerCannotWaitFor_StaysThere()
    {
        (await CallerAsync(Limit)).Settle(Limit);
        var urgency = new Urgency(clock, null);
        var waiting = InBackgroundAsync(20, urgency);

        Assert.Throws<UpstreamException>(() => budget.Hurry(urgency, TimeSpan.FromSeconds(10)));

        Assert.Equal(1, budget.State.WaitingInBackground);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    [Trait("Case", "A4")]
    public async Task AnAccountThatAsksWithoutEnd_HasHalf_AndANewcomerIsServedAtOnce()
    {
        while (OfAccount("hog", 20) is { IsCompletedSuccessfully: true } served)
        {
            (await served).Settle(20);
        }

        Assert.Equal(Limit / 2, budget.State.Used);
        for (var i = 0; i < 13; i++)
        {
            Assert.True(OfAccount("newcomer", 20).IsCompletedSuccessfully);
        }

        var exception = await Assert.ThrowsAsync<UpstreamException>(() => OfAccount("hog", 20));
        Assert.Equal(UpstreamFailure.RateLimited, exception.Failure);
    }

    [Fact]
    [Trait("Case", "A4")]
    public void ManyHostileAccounts_LeaveANewcomerAShare()
    {
        for (var round = 0; round < 100; round++)
        {
            for (var hog = 0; hog < 9; hog++)
            {
                OfAccount($"hog {hog}", 20);
            }
        }

        Assert.True(OfAccount("newcomer", 20).IsCompletedSuccessfully);
        Assert.True(OfAccount("newcomer", 20).IsCompletedSuccessfully);
    }

    [Fact]
    [Trait("Case", "A4")]
    public async Task WhoHasUsedLess_GoesBeforeThoseWhoCameEarlier()
    {
        (await OfAccount("hog", 40)).Settle(40);
        var all = await CallerAsync(Limit - 40);
        var hog = Enumerable.Range(0, 3).Select(_ => OfAccount("hog", 20, TimeSpan.FromMinutes(3))).ToList();
        var newcomer = OfAccount("newcomer", 20, TimeSpan.FromMinutes(3));

        all.Settle(Limit - 60);

        Assert.True(newcomer.IsCompletedSuccessfully);
        Assert.DoesNotContain(hog, waits => waits.IsCompleted);
    }

    [Fact]
    [Trait("Case", "A4")]
    public void WhoHasHadAShare_HoldsNobodyElseBack()
    {
        for (var i = 0; i < Limit / 20; i++)
        {
            OfAccount("hog", 20, TimeSpan.FromMinutes(3));
        }

        Assert.True(OfAccount("newcomer", 20).IsCompletedSuccessfully);
        Assert.True(InBackgroundAsync(20, new Urgency(clock, null)).IsCompletedSuccessfully);
        Assert.True(budget.State.WaitingCallers > 0);
    }

    private static void Settle(Task<WeightCharge> entered, int weight) => entered.GetAwaiter().GetResult().Settle(weight);

    private Task<WeightCharge> CallerAsync(int weight, TimeSpan? patience = null) =>
        OfAccount(null, weight, patience);

    private Task<WeightCharge> OfAccount(string? account, int weight, TimeSpan? patience = null) =>
        budget.EnterAsync(weight, account, new Urgency(clock, patience ?? TimeSpan.FromSeconds(10)), CancellationToken.None);

    private Task<WeightCharge> InBackgroundAsync(int weight, Urgency urgency) => budget.EnterAsync(weight, null, urgency, CancellationToken.None);
}

using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Signals.Migration;

namespace TraderHub.Core.Tests.Signals.Chats;

public sealed class ChatRulesTests
{
    private const string Chat = "-1001557900011";

    private const int Limit = 3;

    private static readonly ChatState Nothing = ChatState.Empty(Chat);

    [Fact]
    public void Subscribe_OfANewChat_GivesItTheDefaultWatchlist()
    {
        var decision = Decide(new Subscribe(Chat), Nothing);

        Assert.Equal(ChatOutcome.Done, decision.Outcome);
        Assert.True(decision.IsSubscribed);
        Assert.Equal(["SPY"], decision.Watchlist);
    }

    [Fact]
    public void Subscribe_OfAChatThatComesBack_LeavesItsWatchlist()
    {
        var decision = Decide(new Subscribe(Chat), Watching("AAPL", "MSFT"));

        Assert.True(decision.IsSubscribed);
        Assert.Null(decision.Watchlist);
    }

    [Fact]
    public void Subscribe_Twice_IsUnchanged() => Assert.Equal(new ChatDecision(ChatOutcome.Unchanged), Decide(new Subscribe(Chat), Nothing with { IsSubscribed = true }));

    [Fact]
    public void Unsubscribe_TakesOnlyTheSubscription()
    {
        Assert.Equal(new ChatDecision(ChatOutcome.Done) { IsSubscribed = false }, Decide(new Unsubscribe(Chat), Nothing with { IsSubscribed = true }));
        Assert.Equal(ChatOutcome.Absent, Decide(new Unsubscribe(Chat), Nothing).Outcome);
    }

    [Fact]
    public void AddTicker_GoesToTheEnd_AlsoOfTheDefault()
    {
        Assert.Equal(["SPY", "AAPL"], Decide(new AddTicker(Chat, "AAPL", Limit), Nothing).Watchlist);
        Assert.Equal(["MSFT", "AAPL"], Decide(new AddTicker(Chat, "AAPL", Limit), Watching("MSFT")).Watchlist);
    }

    [Fact]
    public void AddTicker_ThatIsThere_IsUnchanged_AlsoWhenTheWatchlistIsFull()
    {
        Assert.Equal(ChatOutcome.Unchanged, Decide(new AddTicker(Chat, "SPY", Limit), Nothing).Outcome);
        Assert.Equal(ChatOutcome.Unchanged, Decide(new AddTicker(Chat, "B", Limit), Watching("A", "B", "C")).Outcome);
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(3, ChatRules.WatchlistFull)]
    [InlineData(4, ChatRules.WatchlistFull)]
    public void AddTicker_BeyondTheLimit_IsRefused(int count, string? code)
    {
        var result = ChatRules.Decide(new AddTicker(Chat, "NEW", Limit), Watching([.. Enumerable.Range(0, count).Select(i => $"T{i}")]));

        Assert.Equal(code, result.Error?.Code);
        Assert.Equal(code is null ? null : ErrorKind.RuleBroken, result.Error?.Kind);
    }

    [Fact]
    public void RemoveTicker_OfTheLast_PutsTheDefaultInItsPlace()
    {
        var decision = Decide(new RemoveTicker(Chat, "AAPL"), Watching("AAPL"));

        Assert.Equal(ChatOutcome.DefaultRestored, decision.Outcome);
        Assert.Equal(["SPY"], decision.Watchlist);
    }

    [Fact]
    public void RemoveTicker_KeepsTheOrderOfTheOthers_AndIsAbsentWhereItIsNot()
    {
        Assert.Equal(["A", "C"], Decide(new RemoveTicker(Chat, "B"), Watching("A", "B", "C")).Watchlist);
        Assert.Equal(ChatOutcome.Absent, Decide(new RemoveTicker(Chat, "B"), Watching("A")).Outcome);
        Assert.Equal(ChatOutcome.Absent, Decide(new RemoveTicker(Chat, "B"), Nothing).Outcome);
        Assert.Equal(ChatOutcome.DefaultRestored, Decide(new RemoveTicker(Chat, "SPY"), Nothing).Outcome);
    }

    [Fact]
    public void SetWatchlist_HasEachTickerOnce_AndTheDefaultWhenItIsEmpty()
    {
        Assert.Equal(["A", "B"], Decide(new SetWatchlist(Chat, ["A", "B", "A"], Limit), Nothing).Watchlist);
        Assert.Equal(["SPY"], Decide(new SetWatchlist(Chat, [], Limit), Watching("A")).Watchlist);
        Assert.Equal(ChatOutcome.Unchanged, Decide(new SetWatchlist(Chat, ["A", "A"], Limit), Watching("A")).Outcome);
        Assert.Equal(["B", "A"], Decide(new SetWatchlist(Chat, ["B", "A"], Limit), Watching("A", "B")).Watchlist);
        Assert.Equal(["A", "B", "C"], Decide(new SetWatchlist(Chat, ["A", "B", "C", "C"], Limit), Nothing).Watchlist);
        Assert.Equal(ChatRules.WatchlistFull, ChatRules.Decide(new SetWatchlist(Chat, ["A", "B", "C", "D"], Limit), Nothing).Error?.Code);
    }

    [Fact]
    public void Execute_BuysWhatIsNotHeld_AndSellsWhatIs()
    {
        var (date, now) = (Milliseconds("2026-11-02T00:00:00Z"), Milliseconds("2026-11-20T12:00:00Z"));
        var bought = Decide(new Execute(Chat, "SPY", 400.5, date, now), Nothing);
        var sold = Decide(new Execute(Chat, "SPY", 500, date, now), Nothing with { Positions = [new("SPY", 400.5), new("AAPL", 1)] });

        Assert.Equal(
            new ChatDecision(ChatOutcome.Done) { Execution = new("BUY", "SPY", 400.5, date, null), Position = new("SPY", 400.5), AddedTicker = "SPY" }, bought);
        Assert.Equal(new ChatDecision(ChatOutcome.Done) { Execution = new("SELL", "SPY", 500, date, null), ClosedTicker = "SPY" }, sold);
        Assert.Equal("BUY", Decide(new Execute(Chat, "SPY", 1, date, now), Nothing with { Positions = [new("AAPL", 1)] }).Execution!.SignalType);
    }

    /// <summary>Only the newest counts, by the date of the execution and not by when it was recorded.</summary>
    [Theory]
    [InlineData("2026-11-30T23:59:59.999Z", true, "2026-11-01T00:00:00Z")]
    [InlineData("2026-11-01T00:00:00Z", true, "2026-11-30T23:59:59.999Z")]
    [InlineData("2026-11-15T00:00:00Z", true, "2026-11-14T00:00:00Z", "2024-01-15T00:00:00Z")]
    [InlineData("2026-12-01T00:00:00Z", false, "2026-11-30T23:59:59.999Z")]
    [InlineData("2026-11-15T00:00:00Z", false, "2025-11-15T00:00:00Z")]
    [InlineData("2026-11-15T00:00:00Z", false, "2026-10-31T23:59:59.999Z", "2024-01-15T00:00:00Z")]
    [InlineData("2026-11-15T00:00:00Z", false, "2026-11-14T00:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("2026-11-15T00:00:00Z", false)]
    public void Execute_InAMonthWhoseSignalWasActedOn_IsRefused(string now, bool isRefused, params string[] executed)
    {
        var state = Nothing with { Executions = [.. executed.Select(at => new ExecutedSignal("SELL", "AAPL", 1, Milliseconds(at), null))] };

        var result = ChatRules.Decide(new Execute(Chat, "SPY", 1, Milliseconds("2020-01-01T00:00:00Z"), Milliseconds(now)), state);

        Assert.Equal(isRefused ? ChatRules.MonthUsed : null, result.Error?.Code);
        Assert.Equal(isRefused ? ErrorKind.RuleBroken : null, result.Error?.Kind);
    }

    [Fact]
    public void Execute_AfterAMomentThatNoCalendarHas_IsDecided()
    {
        var state = Nothing with { Executions = [new("BUY", "SPY", 1, 8_640_000_000_000_000, null), new("BUY", "SPY", 1, -8_640_000_000_000_000, null)] };

        Assert.Equal(ChatOutcome.Done, Decide(new Execute(Chat, "SPY", 1, 0, Milliseconds("2026-11-15T00:00:00Z")), state).Outcome);
    }

    [Fact]
    public void RecordExecution_IsInNoMonthsWay_AndASaleNeedsNoPosition()
    {
        var state = Nothing with { Executions = [new("BUY", "SPY", 1, Milliseconds("2026-11-15T00:00:00Z"), null)] };
        var sale = new ExecutedSignal("SELL", "MSFT", 2, Milliseconds("2026-11-15T00:00:00Z"), 2.5);

        Assert.Equal(new ChatDecision(ChatOutcome.Done) { Execution = sale, ClosedTicker = "MSFT" }, Decide(new RecordExecution(Chat, sale), state));
        Assert.Equal(new HeldPosition("MSFT", 2), Decide(new RecordExecution(Chat, sale with { SignalType = "BUY" }), state).Position);
    }

    [Fact]
    public void SetPosition_IsTheNewest_AndClearPositionEndsIt()
    {
        var state = Nothing with { Positions = [new("A", 1), new("B", 2)] };

        Assert.Equal(ChatOutcome.Unchanged, Decide(new SetPosition(Chat, "B", 2), state).Outcome);
        Assert.Equal(new HeldPosition("A", 1), Decide(new SetPosition(Chat, "A", 1), state).Position);
        Assert.Equal("A", Decide(new ClearPosition(Chat, "A"), state).ClosedTicker);
        Assert.Equal(ChatOutcome.Absent, Decide(new ClearPosition(Chat, "C"), state).Outcome);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Prices_ThatAreNone_AreRefused(double price)
    {
        ChatChange[] changes =
        [
            new Execute(Chat, "SPY", price, 0, 0),
            new RecordExecution(Chat, new("BUY", "SPY", price, 0, null)),
            new RecordExecution(Chat, new("BUY", "SPY", 1, 0, price)),
            new SetPosition(Chat, "SPY", price),
        ];

        Assert.All(changes, change => Assert.Equal(ErrorKind.Invalid, ChatRules.Decide(change, Nothing).Error?.Kind));
    }

    [Theory]
    [InlineData("")]
    [InlineData("spy")]
    [InlineData(" SPY")]
    [InlineData("INVALID-TICKER")]
    [InlineData("ABCDEFGHIJK")]
    [InlineData("BRK..B")]
    [InlineData(".B")]
    [InlineData("Ä")]
    public void Tickers_ThatAreNotNormalized_AreRefused(string ticker)
    {
        ChatChange[] changes =
        [
            new AddTicker(Chat, ticker, Limit),
            new RemoveTicker(Chat, ticker),
            new SetWatchlist(Chat, ["A", ticker], Limit),
            new Execute(Chat, ticker, 1, 0, 0),
            new RecordExecution(Chat, new("SELL", ticker, 1, 0, null)),
            new SetPosition(Chat, ticker, 1),
            new ClearPosition(Chat, ticker),
        ];

        Assert.All(changes, change => Assert.True(ChatRules.Decide(change, Nothing).Error?.Fields.ContainsKey("ticker")));
    }

    [Fact]
    public void Changes_ThatAreWrongInOtherWays_AreRefused()
    {
        Assert.True(ChatRules.Decide(new RecordExecution(Chat, new("HOLD", "SPY", 1, 0, null)), Nothing).Error?.Fields.ContainsKey("signalType"));
        Assert.True(ChatRules.Decide(new RecordExecution(Chat, new("BUY", "SPY", 1, long.MaxValue, null)), Nothing).Error?.Fields.ContainsKey("date"));
        Assert.True(ChatRules.Decide(new Execute(Chat, "SPY", 1, -62_135_596_800_001, 0), Nothing).Error?.Fields.ContainsKey("date"));
        Assert.Null(ChatRules.Decide(new Execute(Chat, "SPY", 1, -62_135_596_800_000, 0), Nothing).Error);
        Assert.True(ChatRules.Decide(new Subscribe("1 2"), Nothing).Error?.Fields.ContainsKey("chatId"));
    }

    private static ChatDecision Decide(ChatChange change, ChatState state) => ChatRules.Decide(change, state).Value;

    private static ChatState Watching(params string[] tickers) => Nothing with { Watchlist = tickers };

    private static long Milliseconds(string instant) => NodaTime.Text.InstantPattern.ExtendedIso.Parse(instant).Value.ToUnixTimeMilliseconds();
}

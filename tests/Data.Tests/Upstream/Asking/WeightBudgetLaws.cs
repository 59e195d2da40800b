using FsCheck;
using FsCheck.Fluent;

namespace TraderHub.Data.Tests.Upstream.Asking;

/// <summary>What holds for the budget whatever is asked of it, and when (rule U2).</summary>
public sealed class WeightBudgetLaws
{
    private static readonly Config AtLeast200Cases = Config.QuickThrowOnFailure.WithMaxTest(200);

    private static readonly Gen<PlannedAsk> Asks =
        from after in Gen.Frequency((6, Gen.Constant(0)), (3, Gen.Choose(0, 200)), (1, Gen.Choose(0, 20_000)))
        from weight in Gen.Elements(2, 2, 20, 45, 60, 120)
        from share in Gen.Frequency((3, Gen.Constant(100)), (1, Gen.Choose(0, 100)))
        from length in Gen.Frequency((4, Gen.Choose(0, 300)), (1, Gen.Choose(0, 15_000)))
        from isUrgent in ArbMap.Default.GeneratorFor<bool>()
        from givesUpAfter in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(1, 30_000)))
        select new PlannedAsk(after, weight, share, length, isUrgent, givesUpAfter);

    private static readonly Arbitrary<IList<PlannedAsk>> Schedules = Arb.From(Gen.Choose(1, 60).SelectMany(count => Asks.ListOf(count)).Select(list => (IList<PlannedAsk>)[.. list]));

    private static readonly Arbitrary<IList<PlannedAsk>> SchedulesOfAccounts = Arb.From(
        from count in Gen.Choose(1, 60)
        from asks in (from ask in Asks from account in Gen.Elements("a", "a", "a", "b", null) select ask with { Account = account }).ListOf(count)
        select (IList<PlannedAsk>)[.. asks]);

    [Fact]
    public void NoMinuteHoldsMoreThanTheLimit_WheneverTheUpstreamCounts() => Prop.ForAll(SchedulesOfAccounts, schedule =>
    {
        var simulation = Played(schedule);
        return simulation.Asks.Where(ask => ask.StartedAt is not null)
            .All(ask => simulation.Asks.Sum(other => other.WeightIn(ask.StartedAt!.Value)) <= BudgetSimulation.Limit);
    }).Check(AtLeast200Cases);

    [Fact]
    public void WorkInTheBackground_NeverStartsWhileACallerWaits() => Prop.ForAll(
        Schedules, schedule => Played(schedule).Faults.Count == 0).Check(AtLeast200Cases);

    [Fact]
    public void AmongEquals_TheFirstToComeIsTheFirstToGo() => Prop.ForAll(Schedules, schedule =>
    {
        var started = Played(schedule).Asks.Where(ask => ask.StartedAt is not null).ToList();
        return new[] { true, false }.All(isUrgent => IsAscending(started.Where(ask => ask.Plan.IsUrgent == isUrgent).Select(ask => ask.StartedAt!.Value)));
    }).Check(AtLeast200Cases);

    [Fact]
    public void WhoeverWaits_IsLetInOrGoes_AndNothingIsLeftOver() => Prop.ForAll(SchedulesOfAccounts, schedule =>
    {
        var simulation = Played(schedule);
        return simulation.State is { WaitingCallers: 0, WaitingInBackground: 0 }
            && simulation.Asks.All(ask => ask.StartedAt is not null || ask.Entered.IsCanceled);
    }).Check(AtLeast200Cases);

    [Fact]
    public void WhoeverGoesBeforeBeingLetIn_HasCostNothing() => Prop.ForAll(SchedulesOfAccounts, schedule =>
    {
        var simulation = Played(schedule);
        var last = simulation.Asks.Where(ask => ask.StartedAt is not null).Max(ask => ask.EndedAt) ?? 0;
        var end = simulation.Asks.Max(ask => ask.EndedAt!.Value) is var time && time > last ? time : last;
        return simulation.State.Used <= simulation.Asks.Sum(ask => ask.StartedAt is null ? 0 : ask.WeightIn(end));
    }).Check(AtLeast200Cases);

    private static BudgetSimulation Played(IEnumerable<PlannedAsk> schedule)
    {
        var simulation = new BudgetSimulation();
        simulation.Play(schedule);
        Assert.True(simulation.Finish(), "Something waits for good.");
        return simulation;
    }

    private static bool IsAscending(IEnumerable<double> times) => times.Zip(times.Skip(1)).All(pair => pair.First <= pair.Second);
}

using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Days;

namespace TraderHub.Core.Tests.Trading.Days;

public sealed class DailyBalanceTests
{
    private static readonly Gen<UserZone> Zones = Gen.OneOf(
        Gen.Choose(-48, 56).Select(quarterHours => UserZone.FromOffset(quarterHours / 4m)!),
        Gen.Elements("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia").Select(id => UserZone.FromId(id)!));

    /// <summary>A trader who looks now and then, and may have moved meanwhile.</summary>
    private static readonly Gen<(int MinutesLater, UserZone Zone)[]> Looks =
        Gen.Zip(Gen.Choose(1, 4000), Zones).Select(look => (look.Item1, look.Item2)).ArrayOf();

    [Fact]
    public void DayAt_HoweverATraderMoves_NoDateComesTwiceAndEveryLookFallsIntoAnOpenDay() =>
        Prop.ForAll(Arb.From(Looks), looks =>
        {
            var now = Instant.FromUtc(2026, 1, 1, 0, 0);
            LocalDay? open = null;
            foreach (var (minutesLater, zone) in looks)
            {
                now += Duration.FromMinutes(minutesLater);
                if (open is { } day && now < day.End)
                {
                    continue;
                }

                var next = DailyBalance.DayAt(now, zone, open?.Date);
                if (now >= next.End || (open is { } before && (next.Date <= before.Date || next.End <= before.End)))
                {
                    return false;
                }

                open = next;
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void DayAt_AfterAMoveThatSetsTheDateBack_IsTheNextDateUntilItsEndThere()
    {
        // From +14, where the 21st has just ended, to -12, where the 20th goes on.
        var day = DailyBalance.DayAt(Instant.FromUtc(2026, 11, 21, 10, 0), UserZone.FromOffset(-12)!, new LocalDate(2026, 11, 21));

        Assert.Equal(new LocalDate(2026, 11, 22), day.Date);
        Assert.Equal(Instant.FromUtc(2026, 11, 23, 12, 0), day.End);
    }
}

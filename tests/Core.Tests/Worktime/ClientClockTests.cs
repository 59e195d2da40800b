using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime;

namespace TraderHub.Core.Tests.Worktime;

[Trait("Case", "D2")]
public sealed class ClientClockTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 30, 22, 0, 0) + Duration.FromMilliseconds(312);

    [Theory]
    [InlineData("2026-11-30T22:00:00Z", "2026-11-30T21:00:00.000Z")]
    [InlineData("2026-11-30T22:00:01Z", "2026-11-30T21:00:00.000Z")]
    [InlineData("2026-11-30T22:00Z", "2026-11-30T21:00:00.000Z")]
    [InlineData("2026-11-30T23:00:00+01:00", "2026-11-30T21:00:00.000Z")]
    [InlineData("2026-11-30T22:00:00.312Z", "2026-11-30T21:00:00.000Z")]
    [InlineData("2026-11-30T22:00:00.000Z", "2026-11-30T21:00:00.312Z")]
    [InlineData("2026-11-30T22:00:00.3Z", "2026-11-30T21:00:00.000Z")]
    [InlineData("2026-11-30T21:59:55Z", "2026-11-30T21:00:05.000Z")]
    [InlineData("2026-11-30T22:00:07Z", "2026-11-30T20:59:54.000Z")]
    [InlineData("2026-11-30T20:59Z", "2026-11-30T22:00:00.312Z")]
    public void Read_MovesTimesByAsMuchAsTheClockCanShow(string clientTime, string expected)
    {
        var clock = ClientClock.Of(Now, IsoTimes.ParseTime(clientTime)).Value;

        Assert.Equal(expected, clock.Read(Instant.FromUtc(2026, 11, 30, 21, 0), "start_time").Value!.Value.ToIso());
    }
}

using Microsoft.Extensions.Logging;
using TraderHub.Functions.Operations;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Operations;

public sealed class HostZoneCheckTests
{
    private readonly CapturedLog log = new();

    [Theory]
    [Trait("Case", "F2")]
    [InlineData("Etc/UTC", true)]
    [InlineData("Europe/Berlin", false)]
    [InlineData("Europe/London", false)]
    [InlineData("Asia/Kolkata", false)]
    public async Task CheckAsync_AZoneOtherThanUtc_DegradesHealthAndIsToldAtStart(string zone, bool works)
    {
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        var check = new HostZoneCheck(new ClockIn(zone), loggers.CreateLogger<HostZoneCheck>());

        check.Warn();

        Assert.Equal(works, await Record.ExceptionAsync(() => check.CheckAsync(CancellationToken.None)) is null);
        Assert.Equal(works ? 0 : 1, log.Lines.Count(line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains($"'{zone}'", StringComparison.Ordinal)));
        Assert.False(check.IsEssential);
    }

    private sealed class ClockIn(string zone) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.FindSystemTimeZoneById(zone);
    }
}

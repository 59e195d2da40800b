using Microsoft.Extensions.Logging;
using TraderHub.Core.Operations.Health;

namespace TraderHub.Functions.Operations;

/// <summary>The Functions host counts schedules in its machine's zone, and ours are meant in UTC: in another zone every timer runs at the wrong time.</summary>
internal sealed partial class HostZoneCheck(TimeProvider clock, ILogger<HostZoneCheck> logger) : IHealthCheck
{
    public string Service => "timers";

    public string Part => "Zone of the timers";

    public bool IsEssential => false;

    private bool IsUtc => clock.LocalTimeZone is { BaseUtcOffset.Ticks: 0, SupportsDaylightSavingTime: false };

    public Task CheckAsync(CancellationToken cancellationToken) =>
        IsUtc ? Task.CompletedTask : throw new InvalidOperationException($"The zone of this machine is '{clock.LocalTimeZone.Id}', not UTC.");

    /// <summary>Tells the operator at start.</summary>
    public void Warn()
    {
        if (!IsUtc)
        {
            LogZone(clock.LocalTimeZone.Id);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The zone of this machine is '{Zone}': the Functions host runs the timers by it, not by UTC as they are meant. Set TZ=UTC (in Azure, remove WEBSITE_TIME_ZONE)")]
    private partial void LogZone(string zone);
}

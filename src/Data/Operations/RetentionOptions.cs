using NodaTime;
using TraderHub.Data.Platform;

namespace TraderHub.Data.Operations;

/// <summary>How long what is only looked back on is kept (rule O4).</summary>
/// <param name="History">Snapshots, and the logs of timers and jobs.</param>
internal sealed record RetentionOptions(Duration History)
{
    /// <summary>Reads the setting <c>Trading:RetentionDays</c>.</summary>
    public static RetentionOptions Read(SettingsReader settings) => new(Duration.FromDays(settings.WholeNumber("Trading:RetentionDays", 30, 1, 3650)));
}

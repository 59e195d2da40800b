using TraderHub.Data.Platform;

namespace TraderHub.LocalHost.Hosting;

/// <summary>How the host stops (rule O1).</summary>
/// <param name="DrainTime">How long it still accepts requests after the signal, with <c>/health</c> already saying 503.</param>
internal sealed record DrainOptions(TimeSpan DrainTime)
{
    private const int LongestSeconds = 10;

    /// <summary>How long requests and timers may take to end after that.</summary>
    private static readonly TimeSpan FinishTime = TimeSpan.FromSeconds(10);

    /// <summary>The whole time from the signal to the end.</summary>
    public TimeSpan TotalTime => DrainTime + FinishTime;

    /// <summary>Reads the settings of the section <c>Shutdown</c>.</summary>
    public static DrainOptions Read(SettingsReader settings) =>
        new(TimeSpan.FromSeconds(settings.WholeNumber("Shutdown:DrainSeconds", 5, 0, LongestSeconds)));
}

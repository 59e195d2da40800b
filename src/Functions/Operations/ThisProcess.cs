using System.Diagnostics;

namespace TraderHub.Functions.Operations;

/// <summary>What the system says of this process. Its uptime is the machine's time, not that of the clock the rules go by.</summary>
internal static class ThisProcess
{
    private const double BytesPerMegabyte = 1024 * 1024;

    /// <summary>The build's version.</summary>
    public static string Version { get; } = typeof(ThisProcess).Assembly.GetName().Version!.ToString(3);

    private static readonly DateTimeOffset StartedAt = ReadStart();

    /// <summary>How long it has run, in milliseconds.</summary>
    public static long UptimeMs => (long)(TimeProvider.System.GetUtcNow() - StartedAt).TotalMilliseconds;

    /// <summary>What it holds of the machine's memory.</summary>
    public static MemoryUse ReadMemory()
    {
        var total = GC.GetGCMemoryInfo().TotalCommittedBytes;
        var resident = Environment.WorkingSet;
        return new(Megabytes(GC.GetTotalMemory(forceFullCollection: false)), Megabytes(total), Megabytes(resident), Megabytes(Math.Max(0, resident - total)));
    }

    private static long Megabytes(long bytes) => (long)Math.Round(bytes / BytesPerMegabyte);

    private static DateTimeOffset ReadStart()
    {
        using var process = Process.GetCurrentProcess();
        return process.StartTime.ToUniversalTime();
    }
}

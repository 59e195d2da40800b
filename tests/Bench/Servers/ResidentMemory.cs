using System.Diagnostics;
using System.Globalization;

namespace TraderHub.Bench.Servers;

/// <summary>What a process holds of the machine's memory.</summary>
internal static class ResidentMemory
{
    private const string Now = "VmRSS:";

    private const string AtMost = "VmHWM:";

    private const double Megabyte = 1024 * 1024;

    /// <summary>The resident set: on Linux from <c>/proc</c>, elsewhere as the system reports the working set.</summary>
    public static double ReadMegabytes(Process process) => OperatingSystem.IsLinux()
        ? ReadKilobytes(process, Now) * 1024 / Megabyte
        : process.WorkingSet64 / Megabyte;

    /// <summary>The most that it ever was; 0 when the process has ended.</summary>
    public static double ReadPeakMegabytes(Process process)
    {
        try
        {
            return OperatingSystem.IsLinux() ? ReadKilobytes(process, AtMost) * 1024 / Megabyte : process.PeakWorkingSet64 / Megabyte;
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // It ended meanwhile.
            return 0;
        }
    }

    private static double ReadKilobytes(Process process, string field)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line[field.Length..].Replace("kB", string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}

using System.Diagnostics;
using System.Globalization;

namespace TraderHub.Bench.Servers;

/// <summary>What a process holds of the machine's memory.</summary>
internal static class ResidentMemory
{
    private const string Field = "VmRSS:";

    private const double Megabyte = 1024 * 1024;

    /// <summary>The resident set: on Linux from <c>/proc</c>, elsewhere as the system reports the working set.</summary>
    public static double ReadMegabytes(Process process) => OperatingSystem.IsLinux()
        ? ReadKilobytes(File.ReadLines($"/proc/{process.Id}/status")) * 1024 / Megabyte
        : process.WorkingSet64 / Megabyte;

    private static double ReadKilobytes(IEnumerable<string> status)
    {
        var line = status.First(line => line.StartsWith(Field, StringComparison.Ordinal));
        return double.Parse(line[Field.Length..].Replace("kB", string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}

using System.Diagnostics;
using System.Reflection;

namespace TraderHub.Data.Tests.Migration;

/// <summary>Runs the program of <c>./soak</c>, which ends well when it found nothing lost or doubled.</summary>
internal static class SoakProgram
{
    private static readonly string File = typeof(SoakProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Soak").Value!;

    public static async Task RunAsync(params string[] arguments)
    {
        using var soak = Process.Start(new ProcessStartInfo(File, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await Task.WhenAll(soak.StandardOutput.ReadToEndAsync(), soak.StandardError.ReadToEndAsync());
        await soak.WaitForExitAsync();
        Assert.True(soak.ExitCode == 0, string.Concat(said));
    }
}

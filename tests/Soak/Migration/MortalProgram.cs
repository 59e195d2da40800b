using System.Globalization;
using TraderHub.Testing;

namespace TraderHub.Soak.Migration;

/// <summary>The process that does one command and kills itself at the n-th of the points at which a store changes.</summary>
internal static class MortalProgram
{
    /// <summary>What it ends with when the command was refused.</summary>
    public const int Refused = 3;

    public static async Task<int> RunAsync(string folder, string at, string[] command)
    {
        var death = new Death(int.Parse(at, CultureInfo.InvariantCulture));

        // A write has five seconds: here it comes to its last point also on a machine that is busy.
        await using var engine = EngineInstance.Mortal(SharedPlace.OptionsOf(folder), new FastClock(0.1), death);
        var (error, _) = await new EngineCommands(engine).DoAsync(command);
        if (error is not null)
        {
            Console.WriteLine($"{error.Code} {error.Detail}");
        }

        return error is null ? 0 : Refused;
    }
}

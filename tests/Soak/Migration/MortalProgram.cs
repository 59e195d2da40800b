using System.Globalization;

namespace TraderHub.Soak.Migration;

/// <summary>The process that does one command and kills itself at the n-th of the points at which a store changes.</summary>
internal static class MortalProgram
{
    /// <summary>What it ends with when the command was refused.</summary>
    public const int Refused = 3;

    public static async Task<int> RunAsync(string folder, string at, string[] command)
    {
        var death = new Death(int.Parse(at, CultureInfo.InvariantCulture));
        await using var engine = EngineInstance.Mortal(SharedPlace.OptionsOf(folder), TimeProvider.System, death);
        var commands = new EngineCommands(engine);
        var (error, _) = await commands.DoAsync(command);
        while (error is { Code: "WRITE_NOT_ACKNOWLEDGED" })
        {
            // A busy machine is too slow for it: whoever asked sends it again.
            (error, _) = await commands.DoAsync(command);
        }

        if (error is not null)
        {
            Console.WriteLine($"{error.Code} {error.Detail}");
        }

        return error is null ? 0 : Refused;
    }
}

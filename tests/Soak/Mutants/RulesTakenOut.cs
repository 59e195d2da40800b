using System.Diagnostics;

namespace TraderHub.Soak.Mutants;

/// <summary>Takes the engine's rules out of a copy of the code, one at a time: each time some test of <c>tests/Core.Tests/Migration</c> has to fail.</summary>
internal static class RulesTakenOut
{
    private const string Tests = "tests/Core.Tests";

    /// <summary>Runs the mutants whose rule has a text in it.</summary>
    /// <returns>1 when one survived, or could not be made.</returns>
    public static async Task<int> RunAsync(string text)
    {
        var copy = Directory.CreateTempSubdirectory("traderhub-mutants-").FullName;
        try
        {
            await RunAsync("sh", ["-c", $"git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t '{copy}'"], Environment.CurrentDirectory);
            if (!await TestsPassAsync(copy))
            {
                Console.WriteLine("The tests fail already, with every rule in its place.");
                return 1;
            }

            var mutants = Mutant.All.Where(mutant => mutant.Rule.Contains(text, StringComparison.OrdinalIgnoreCase)).ToList();
            var survived = 0;
            foreach (var mutant in mutants)
            {
                var fate = await TryAsync(copy, mutant);
                survived += fate == "caught" ? 0 : 1;
                Console.WriteLine($"{fate,-9} {mutant.Rule}");
            }

            Console.WriteLine($"{mutants.Count - survived} of {mutants.Count} caught.");
            return survived == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static async Task<string> TryAsync(string copy, Mutant mutant)
    {
        var file = Path.Combine(copy, "src/Core/Migration", mutant.File);
        var code = await File.ReadAllTextAsync(file);
        var place = code.IndexOf(mutant.Code, StringComparison.Ordinal);
        if (place < 0)
        {
            return "NOT FOUND";
        }

        await File.WriteAllTextAsync(file, string.Concat(code.AsSpan(0, place), mutant.Instead, code.AsSpan(place + mutant.Code.Length)));
        try
        {
            return !await BuildsAsync(copy) ? "NO CODE" : await PassAsync(copy) ? "SURVIVED" : "caught";
        }
        finally
        {
            await File.WriteAllTextAsync(file, code);
        }
    }

    private static async Task<bool> TestsPassAsync(string copy) => await BuildsAsync(copy) && await PassAsync(copy);

    /// <summary>What a mutant looks like is of no interest.</summary>
    private static async Task<bool> BuildsAsync(string copy) =>
        await RunAsync("dotnet", ["build", Tests, "--nologo", "-v", "quiet", "-p:TreatWarningsAsErrors=false", "-p:RunAnalyzers=false", "-p:EnforceCodeStyleInBuild=false"], copy) == 0;

    private static async Task<bool> PassAsync(string copy) =>
        await RunAsync("dotnet", ["test", Tests, "--no-build", "--nologo", "--filter", "FullyQualifiedName~Core.Tests.Migration"], copy) == 0;

    private static async Task<int> RunAsync(string program, string[] arguments, string directory)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}

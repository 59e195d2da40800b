using System.Diagnostics;
using System.Reflection;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Tests.Migration;

/// <summary>The soak of the migration, short: the program <c>./soak</c> as it is, whose processes are killed.</summary>
[Collection(Name)]
public sealed class KilledMigrationTests
{
    private const string Name = "Processes that are killed";

    private static readonly string Program = typeof(KilledMigrationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "Soak").Value!;

    public static TheoryData<DatabaseProvider> Both => Databases.Both;

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public Task ThereAndBack_InProcessesThatAreKilled_LosesAndDoublesNothing(DatabaseProvider provider)
    {
        var isPostgres = provider == DatabaseProvider.Postgres;
        Skip.If(isPostgres && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Databases.Variable)), $"No PostgreSQL: set {Databases.Variable}, or run ./test.");
        return RunAsync("migration", "--kills", "24", "--database", isPostgres ? "postgres" : "sqlite");
    }

    /// <summary>All points of all operations take minutes; these are the ones of a write that hands its key over.</summary>
    [Fact]
    public Task AProcessThatDies_AtAnyPointOfAHandOver_LosesAndDoublesNothing() => RunAsync("migration-points", "before handover: write an old key");

    private static async Task RunAsync(params string[] arguments)
    {
        using var soak = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await Task.WhenAll(soak.StandardOutput.ReadToEndAsync(), soak.StandardError.ReadToEndAsync());
        await soak.WaitForExitAsync();
        Assert.True(soak.ExitCode == 0, string.Concat(said));
    }

    /// <summary>They need the machine for themselves.</summary>
    [CollectionDefinition(Name, DisableParallelization = true)]
    public sealed class Alone;
}

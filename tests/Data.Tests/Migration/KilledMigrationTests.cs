using TraderHub.Data.Sql;

namespace TraderHub.Data.Tests.Migration;

/// <summary>
/// The soak of the migration, short: the program <c>./soak</c> as it is, whose processes are killed at any moment of a group's way to SQL and back. The soak itself
/// kills 200.
/// </summary>
[RunsLong]
public sealed class KilledMigrationTests
{
    public static TheoryData<DatabaseProvider> Both => Databases.Both;

    [SkippableTheory]
    [MemberData(nameof(Both))]
    public Task ThereAndBack_InProcessesThatAreKilled_LosesAndDoublesNothing(DatabaseProvider provider)
    {
        var isPostgres = provider == DatabaseProvider.Postgres;
        Skip.If(isPostgres && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Databases.Variable)), $"No PostgreSQL: set {Databases.Variable}, or run ./test.");
        return SoakProgram.RunAsync("migration", "--kills", "24", "--database", isPostgres ? "postgres" : "sqlite");
    }
}

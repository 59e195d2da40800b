namespace TraderHub.Data.Tests.Migration;

public sealed class MigrationPointsTests
{
    /// <summary>These are the points of a write that hands its key over; <c>./soak migration-points</c> has those of all operations in every stage, which take minutes.</summary>
    [Fact]
    public Task AProcessThatDies_AtAnyPointOfAHandOver_LosesAndDoublesNothing() => SoakProgram.RunAsync("migration-points", "before handover: write an old key");
}

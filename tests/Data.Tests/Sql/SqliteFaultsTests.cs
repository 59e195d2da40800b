using TraderHub.Data.Sql.Sqlite;

namespace TraderHub.Data.Tests.Sql;

public sealed class SqliteFaultsTests
{
    [Theory]
    [Trait("Case", "A14")]
    [InlineData(28)]
    [InlineData(unchecked((int)0x80070070))]
    public void Explain_AFullDiskOfTheSystem_HasTheRemedyOfOneOfSqlite(int code)
    {
        var explained = SqliteFaults.Explain("/data/jobs.db", new IOException("No space left on device", code));

        Assert.StartsWith("There is no room left on the disk of '/data/jobs.db' (", explained.Message, StringComparison.Ordinal);
        Assert.EndsWith(" Make room, and start again.", explained.Message, StringComparison.Ordinal);
    }
}

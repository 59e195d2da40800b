using Microsoft.Extensions.Configuration;
using TraderHub.Functions.Http;

namespace TraderHub.Worker.Tests;

[Collection(WorkerTests.Name)]
public sealed class MetadataTests(SharedWorker worker)
{
    private static readonly FunctionCatalog Catalog = FunctionCatalog.OfTraderHub();

    [Fact]
    public void Worker_ReportsTheFunctionsThatTheAttributesDeclare() =>
        Assert.Empty(MetadataComparison.Differences(MetadataComparison.Describe(Catalog), MetadataComparison.Describe(worker.Host.Functions.Values)));

    [Fact]
    public void File_ListsTheFunctionsThatTheAttributesDeclare()
    {
        var listed = MetadataComparison.DescribeFile(File.ReadAllText(Path.Combine(PublishedApp.Folder, "functions.metadata")));

        Assert.Empty(MetadataComparison.Differences(MetadataComparison.Describe(Catalog), listed));
    }

    [Theory]
    [InlineData("GetBalance", "not declared: GetBalance = TraderHub.Functions.Trading.BalanceFunctions.GetBalance, httpTrigger api/balance [get] Anonymous")]
    [InlineData("DailyReset", "not declared: DailyReset = TraderHub.Functions.Trading.TradingTimers.DailyReset, timerTrigger 0 0 0 * * *")]
    public void Differences_AFunctionWithoutItsAttribute_IsNamed(string name, string difference)
    {
        var without = MetadataComparison.Describe(Catalog.WithoutDisabled(new ConfigurationBuilder()
            .AddInMemoryCollection([new($"AzureWebJobs.{name}.Disabled", "true")])
            .Build()));
        var reported = MetadataComparison.Describe(worker.Host.Functions.Values);

        Assert.Equal([difference], MetadataComparison.Differences(without, reported));
    }

    [Fact]
    public void Differences_AFunctionThatTheWorkerDoesNotKnow_IsNamed()
    {
        var reported = MetadataComparison.Describe(worker.Host.Functions.Values.Where(function => function.Name != "GetBalance"));

        var difference = Assert.Single(MetadataComparison.Differences(MetadataComparison.Describe(Catalog), reported));
        Assert.StartsWith("not reported: GetBalance = ", difference, StringComparison.Ordinal);
    }
}

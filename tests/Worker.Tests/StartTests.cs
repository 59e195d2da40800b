using TraderHub.Testing;

namespace TraderHub.Worker.Tests;

[Collection(WorkerTests.Name)]
public sealed class StartTests : IDisposable
{
    private readonly TempFolder data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    [Trait("Case", "F9")]
    public async Task Start_WithWrongSettings_NamesAllOfThemInOneErrorAndExitsWith1()
    {
        var error = await FailAsync(
            ("Database:Provider", "mysql"),
            ("Hyperliquid:WeightPerMinute", "0"),
            ("Jobs:Symbols", "AAPL,?"),
            ("Auth:JwtSecret", "too-short"));

        Assert.StartsWith("Error: 4 settings are wrong: ", error, StringComparison.Ordinal);
        Assert.All(
            ["Database:Provider is 'mysql'", "Hyperliquid:WeightPerMinute is '0'", "Jobs:Symbols ", "Auth:JwtSecret is too short"],
            problem => Assert.Contains(problem, error, StringComparison.Ordinal));
        Assert.DoesNotContain("too-short", error, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Case", "F1")]
    [InlineData("WEBSITE_SKU", "FlexConsumption")]
    [InlineData("WEBSITE_POD_NAME", "a-pod")]
    public async Task Start_OnAPlan_RefusesFilesAndDemandsTheDomain(string mark, string value)
    {
        var error = await FailAsync((mark, value), ("Database:Directory", data.Path));

        Assert.StartsWith("Error: 3 settings are wrong: ", error, StringComparison.Ordinal);
        Assert.All(
            ["Database:Provider is 'sqlite'", "KeyValue:Provider is 'sqlite'", "Auth:Domain is not set"],
            problem => Assert.Contains(problem, error, StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(data.Path));
    }

    [Fact]
    [Trait("Case", "F1")]
    public async Task Start_WhereTheDataFolderCannotBeMade_SaysSoInOneErrorAndExitsWith1()
    {
        await File.WriteAllTextAsync(data.File("a-file"), string.Empty);

        var error = await FailAsync(("Database:Directory", data.File("a-file/data")));

        Assert.StartsWith("Error: ", error, StringComparison.Ordinal);
        Assert.Contains($"The data folder '{data.File("a-file/data")}' cannot be written", error, StringComparison.Ordinal);
        Assert.Contains("Database:Directory", error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "F1")]
    public async Task Start_WhereADatabaseCannotBeOpened_SaysSoInOneErrorAndExitsWith1()
    {
        Directory.CreateDirectory(data.File("trading.db"));

        var error = await FailAsync(("Database:Directory", data.Path));

        Assert.StartsWith("Error: ", error, StringComparison.Ordinal);
        Assert.Contains($"'{data.File("trading.db")}' cannot be opened for writing", error, StringComparison.Ordinal);
    }

    /// <summary>Starts a worker that ends at once, without a stack; what it says to standard error is returned.</summary>
    private static async Task<string> FailAsync(params (string Key, string Value)[] settings)
    {
        await PublishedApp.Published;
        await using var host = await FunctionsHost.StartAsync(settings);

        Assert.Equal(1, await host.Worker.WaitForExitAsync());
        Assert.DoesNotContain(host.Worker.Output, line => line.StartsWith("   at ", StringComparison.Ordinal));
        return Assert.Single(host.Worker.Errors);
    }
}

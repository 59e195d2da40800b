using System.Text;
using TraderHub.Data.KeyValue;
using TraderHub.Data.Migration.Exports;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Migration.Exports;

[Trait("Case", "F6")]
public sealed class ExportPlaceTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private AzuriteServer? azurite;

    public static TheoryData<string> Places => ["folder", "container"];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        folder.Dispose();
        await (azurite?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [SkippableTheory]
    [MemberData(nameof(Places))]
    public async Task FindLatestAsync_IsTheNewestExportOfTheGroupThatHasTheFile(string kind)
    {
        var place = await PlaceAsync(kind);
        Assert.Null(await place.FindLatestAsync("jobs", "keys.json", CancellationToken.None));

        await AddAsync(place, "jobs-20261121T090000000Z", "keys.json");
        await AddAsync(place, "jobs-20261121T100000000Z", "keys.json");
        await AddAsync(place, "jobs-20261121T110000000Z", "jobs.db");
        await AddAsync(place, "signals-20261121T120000000Z", "keys.json");

        Assert.EndsWith("/jobs-20261121T100000000Z", (await place.FindLatestAsync("jobs", "keys.json", CancellationToken.None))!.Replace('\\', '/'), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Places))]
    public async Task AddAsync_AWriteThatFailsHalfWay_LeavesNoFile(string kind)
    {
        var place = await PlaceAsync(kind);

        await Assert.ThrowsAsync<KeyNotFoundException>(() => place.AddAsync(
            "jobs-20261121T090000000Z",
            "keys.json",
            async (output, token) =>
            {
                await output.WriteAsync(new byte[10_000_000], token);
                throw new KeyNotFoundException("The store has gone.");
            },
            CancellationToken.None));

        Assert.Null(await place.FindLatestAsync("jobs", "keys.json", CancellationToken.None));
    }

    [SkippableFact]
    public async Task AddAsync_WithoutTheAccount_IsAnIOExceptionAndHangsNowhere()
    {
        var place = await PlaceAsync("container");
        await AddAsync(place, "jobs-20261121T090000000Z", "keys.json");
        await azurite!.DisposeAsync();
        azurite = null;

        var adding = place.AddAsync(
            "jobs-20261121T100000000Z", "keys.json", (output, token) => output.WriteAsync(new byte[10_000_000], token).AsTask(), CancellationToken.None);

        await Assert.ThrowsAsync<IOException>(() => adding.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData("UseDevelopmentStorage", null)]
    [InlineData(null, "http://127.0.0.1:10002/devstoreaccount1")]
    public async Task AddAsync_AnAccountWhoseBlobsCannotBeTold_SaysWhatToSet(string? connectionString, string? serviceUri)
    {
        var place = new ExportContainer(new KeyValueOptions(
            KeyValueProvider.Table, ConnectionString: connectionString, ServiceUri: serviceUri is null ? null : new Uri(serviceUri)));

        var exception = await Assert.ThrowsAsync<IOException>(() => AddAsync(place, "jobs-1", "keys.json"));

        Assert.Contains("Migration:ExportDirectory", exception.Message, StringComparison.Ordinal);
    }

    private static Task AddAsync(IExportPlace place, string export, string file) =>
        place.AddAsync(export, file, (output, token) => output.WriteAsync(Encoding.UTF8.GetBytes("[]"), token).AsTask(), CancellationToken.None);

    private async Task<IExportPlace> PlaceAsync(string kind)
    {
        if (kind == "folder")
        {
            return new ExportFolder(folder.File("exports"));
        }

        azurite = await AzuriteServer.StartAsync(service: "Blob");
        return new ExportContainer(new KeyValueOptions(KeyValueProvider.Table, ConnectionString: azurite.ConnectionString));
    }
}

using Azure.Core.Pipeline;
using Azure.Data.Tables;
using TraderHub.Core.KeyValue;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.KeyValue;

/// <summary>The store in tables when the service fails: the rows are in a real Azurite, and the faults happen on the way there.</summary>
public sealed class TableFaultTests(Azurite azurite) : IClassFixture<Azurite>, IDisposable
{
    private static readonly PutOptions None = PutOptions.None;

    /// <summary>Short, because some tests wait for it; long enough for a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private readonly FaultyHandler faults = new();

    private readonly string tableName = TableStore.NewTableName();

    public void Dispose() => faults.Dispose();

    [SkippableTheory]
    [InlineData(Fault.Unavailable)]
    [InlineData(Fault.Throttled)]
    [InlineData(Fault.Unreachable)]
    [InlineData(Fault.Hangs)]
    [InlineData(Fault.LosesItsAnswer)]
    [InlineData(Fault.HangsAfterwards)]
    [InlineData(Fault.FailsAfterwards)]
    internal async Task AConditionalWrite_ThatMeetsAFault_IsDoneOnce(Fault fault)
    {
        var store = await OpenAsync();
        faults.Enqueue(fault);
        var first = await store.PutIfAbsentAsync("key", Values.Text("1"), None, CancellationToken.None);
        faults.Enqueue(fault);
        var second = await store.PutIfMatchAsync("key", Values.Text("2"), None, first!, CancellationToken.None);

        Assert.NotNull(second);
        Assert.Null(await store.PutIfMatchAsync("key", Values.Text("3"), None, first!, CancellationToken.None));
        var stored = await store.GetVersionedAsync("key", CancellationToken.None);
        Assert.Equal(("2", second), (Values.TextOf(stored!.Entry.Value), stored.Version));

        faults.Enqueue(fault);
        Assert.True(await store.DeleteIfMatchAsync("key", second, CancellationToken.None));
        Assert.Null(await store.GetAsync("key", CancellationToken.None));
    }

    [SkippableTheory]
    [InlineData(Fault.Unavailable, KeyValueFailure.Throttled)]
    [InlineData(Fault.Throttled, KeyValueFailure.Throttled)]
    [InlineData(Fault.Unreachable, KeyValueFailure.Unreachable)]
    [InlineData(Fault.Hangs, KeyValueFailure.Timeout)]
    internal async Task AWrite_ThatMeetsNothingButFaults_IsATypedOutageAndStoresNothing(Fault fault, KeyValueFailure expected)
    {
        var store = await OpenAsync();
        faults.Enqueue(fault, fault, fault, fault);

        var outage = await Assert.ThrowsAsync<KeyValueException>(() => store.PutAsync("key", Values.Text("1"), None, CancellationToken.None));

        Assert.Equal(expected, outage.Failure);
        Assert.Equal(4, faults.Writes);
        Assert.Null(await store.GetAsync("key", CancellationToken.None));
    }

    [SkippableFact]
    public async Task ALostAnswer_AfterWhichSomebodyElseWrote_IsNotTakenForARefusal()
    {
        var store = await OpenAsync();
        var other = await OpenAsync(new FaultyHandler());
        var version = await store.PutIfAbsentAsync("key", Values.Text("1"), None, CancellationToken.None);
        faults.BeforeTheAnswer = () => other.PutAsync("key", Values.Text("theirs"), None, CancellationToken.None);
        faults.Enqueue(Fault.LosesItsAnswer);

        var outage = await Assert.ThrowsAsync<KeyValueException>(
            () => store.PutIfMatchAsync("key", Values.Text("mine"), None, version!, CancellationToken.None));

        Assert.Equal(KeyValueFailure.OutcomeUnknown, outage.Failure);
        Assert.Equal("theirs", Values.TextOf((await store.GetAsync("key", CancellationToken.None))!.Value));
    }

    [SkippableFact]
    public async Task ALostAnswer_AfterWhichTheKeyWasDeleted_IsNotDoneASecondTime()
    {
        var store = await OpenAsync();
        var other = await OpenAsync(new FaultyHandler());
        faults.BeforeTheAnswer = () => other.DeleteAsync("key", CancellationToken.None);
        faults.Enqueue(Fault.LosesItsAnswer);

        var outage = await Assert.ThrowsAsync<KeyValueException>(() => store.PutIfAbsentAsync("key", Values.Text("1"), None, CancellationToken.None));

        Assert.Equal(KeyValueFailure.OutcomeUnknown, outage.Failure);
        Assert.Null(await store.GetAsync("key", CancellationToken.None));
    }

    [SkippableFact]
    public async Task ALargeValue_WhoseChunksMeetFaults_IsWhole()
    {
        var store = await OpenAsync();
        faults.Enqueue(Fault.Unavailable, Fault.LosesItsAnswer, Fault.FailsAfterwards);

        await store.PutAsync("key", Values.OfSize(3_000_000), None, CancellationToken.None);

        Values.AssertEqual(Values.OfSize(3_000_000), await store.GetAsync("key", CancellationToken.None));
    }

    [SkippableFact]
    public async Task ChunksOfAWriterThatNeverCameToItsEnd_ArePurgedAndNoOthers()
    {
        var clock = new ManualClock("2026-11-21T09:30:00Z");
        var store = new TableStore(await azurite.GetAsync(), clock, tableName, options => options.Transport = new HttpClientTransport(new HttpClient(faults)));
        await store.Store.PutAsync("kept", Values.OfSize(100_000), None, CancellationToken.None);
        using var limit = new CancellationTokenSource();
        faults.BeforeTheAnswer = limit.CancelAsync;
        faults.Enqueue(Fault.LosesItsAnswer);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Store.PutAsync("killed", Values.OfSize(100_000), None, limit.Token));
        Assert.Equal(2, await CountChunksAsync());

        clock.Advance(TimeSpan.FromHours(2));
        await store.Expired.PurgeAsync(CancellationToken.None);

        Assert.Equal(1, await CountChunksAsync());
        Values.AssertEqual(Values.OfSize(100_000), await store.Store.GetAsync("kept", CancellationToken.None));
    }

    [SkippableFact]
    public async Task AValueWhoseChunksAreGone_IsAFailure_AndNeverAnEmptyValue()
    {
        var store = await OpenAsync();
        await store.PutAsync("key", Values.OfSize(100_000), None, CancellationToken.None);
        var chunks = await OpenChunksAsync();
        await foreach (var row in chunks.QueryAsync<TableEntity>())
        {
            await chunks.DeleteEntityAsync(row.PartitionKey, row.RowKey);
        }

        var failure = await Assert.ThrowsAsync<KeyValueException>(() => store.GetAsync("key", CancellationToken.None));

        Assert.Equal(KeyValueFailure.Failed, failure.Failure);
    }

    [SkippableFact]
    public async Task WithoutItsTable_AReadIsAnOutageAndNoMissingKey()
    {
        var server = await azurite.GetAsync();
        var store = await OpenAsync();
        await store.PutAsync("key", Values.Text("1"), None, CancellationToken.None);
        using var http = new HttpClient();
        using var drop = TableRequest.Sign(new HttpRequestMessage(HttpMethod.Delete, $"{server.Endpoint}/Tables('{tableName}')"));
        (await http.SendAsync(drop)).EnsureSuccessStatusCode();

        await Assert.ThrowsAsync<KeyValueException>(() => store.GetAsync("key", CancellationToken.None));
    }

    private Task<IVersionedKeyValueStore> OpenAsync() => OpenAsync(faults);

    private async Task<IVersionedKeyValueStore> OpenAsync(FaultyHandler handler)
    {
        return new TableStore(await azurite.GetAsync(), TimeProvider.System, tableName, options =>
        {
            options.Transport = new HttpClientTransport(new HttpClient(handler));
            options.Retry.NetworkTimeout = Patience;
        }).Store;
    }

    private async Task<TableClient> OpenChunksAsync() => new((await azurite.GetAsync()).ConnectionString, $"{tableName}chunks");

    private async Task<int> CountChunksAsync()
    {
        var count = 0;
        await foreach (var row in (await OpenChunksAsync()).QueryAsync<TableEntity>())
        {
            count++;
        }

        return count;
    }
}

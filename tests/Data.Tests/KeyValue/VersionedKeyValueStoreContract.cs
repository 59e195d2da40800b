using NodaTime;
using TraderHub.Core.KeyValue;

namespace TraderHub.Data.Tests.KeyValue;

/// <summary>What every <see cref="IVersionedKeyValueStore"/> does.</summary>
public abstract class VersionedKeyValueStoreContract : KeyValueContract
{
    [SkippableFact]
    public async Task PutIfAbsent_StoresOnce()
    {
        var version = await PutIfAbsentAsync("key", "1");

        Assert.NotNull(version);
        Assert.Null(await PutIfAbsentAsync("key", "2"));
        Assert.Equal(("1", version), await GetVersionedAsync("key"));
    }

    [SkippableFact]
    public async Task PutIfMatch_StoresOverThatVersionAlone()
    {
        var first = await PutIfAbsentAsync("key", "1");

        var second = await PutIfMatchAsync("key", "2", first!);

        Assert.NotNull(second);
        Assert.NotEqual(first, second);
        Assert.Null(await PutIfMatchAsync("key", "3", first!));
        Assert.Equal(("2", second), await GetVersionedAsync("key"));
    }

    [SkippableFact]
    public async Task PutIfMatch_AKeyThatIsNotThere_StoresNothing()
    {
        var version = await PutIfAbsentAsync("deleted", "1");
        await Store.DeleteAsync("deleted", CancellationToken.None);

        Assert.Null(await PutIfMatchAsync("deleted", "2", version!));
        Assert.Null(await GetVersionedAsync("deleted"));
    }

    [SkippableFact]
    public async Task Put_ChangesTheVersion()
    {
        var version = await PutIfAbsentAsync("key", "1");

        await PutAsync("key", "1");

        Assert.NotEqual(version, (await GetVersionedAsync("key"))!.Value.Version);
        Assert.Null(await PutIfMatchAsync("key", "2", version!));
    }

    [SkippableFact]
    public async Task AVersion_NeverComesBack_AlsoWhenTheKeyIsMadeAnewWithTheSameValue()
    {
        var versions = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            Assert.True(versions.Add((await PutIfAbsentAsync("key", "same"))!));
            await Store.DeleteAsync("key", CancellationToken.None);
        }
    }

    [SkippableFact]
    public async Task DeleteIfMatch_RemovesThatVersionAlone()
    {
        var first = await PutIfAbsentAsync("key", "1");
        var second = await PutIfMatchAsync("key", "2", first!);

        Assert.False(await Store.DeleteIfMatchAsync("key", first!, CancellationToken.None));
        Assert.Equal("2", await GetAsync("key"));
        Assert.True(await Store.DeleteIfMatchAsync("key", second!, CancellationToken.None));
        Assert.False(await Store.DeleteIfMatchAsync("key", second!, CancellationToken.None));
        Assert.Null(await GetAsync("key"));
        Assert.Empty((await Store.ListAsync(new KeyQuery(), CancellationToken.None)).Keys);
        Assert.NotNull(await PutIfAbsentAsync("key", "3"));
    }

    [SkippableFact]
    public async Task AnExpiredKey_IsAbsentForEveryCondition()
    {
        var options = new PutOptions(TimeToLive: Duration.FromSeconds(60));
        var version = await Store.PutIfAbsentAsync("key", Values.Text("1"), options, CancellationToken.None);
        Clock.Advance(TimeSpan.FromSeconds(60));

        Assert.Null(await Store.GetVersionedAsync("key", CancellationToken.None));
        Assert.Null(await PutIfMatchAsync("key", "2", version!));
        Assert.False(await Store.DeleteIfMatchAsync("key", version!, CancellationToken.None));
        Assert.NotNull(await PutIfAbsentAsync("key", "3"));
        Assert.Equal("3", await GetAsync("key"));
    }

    [SkippableFact]
    public async Task Purge_OfAnExpiredKeyThatWasStoredAnew_LeavesIt()
    {
        await PutAsync("key", "1", new PutOptions(TimeToLive: Duration.FromSeconds(60)));
        Clock.Advance(TimeSpan.FromSeconds(60));
        await PutIfAbsentAsync("key", "2");

        Assert.Equal(0, await Expired.PurgeAsync(CancellationToken.None));
        Assert.Equal("2", await GetAsync("key"));
    }

    [SkippableFact]
    public async Task LargeValues_AreSwappedWhole()
    {
        var version = await Store.PutIfAbsentAsync("key", Values.OfSize(300_000, 1), PutOptions.None, CancellationToken.None);

        var next = await Store.PutIfMatchAsync("key", Values.OfSize(200_000, 2), PutOptions.None, version!, CancellationToken.None);
        var late = await Store.PutIfMatchAsync("key", Values.OfSize(250_000, 3), PutOptions.None, version!, CancellationToken.None);

        Assert.NotNull(next);
        Assert.Null(late);
        Values.AssertEqual(Values.OfSize(200_000, 2), await Store.GetAsync("key", CancellationToken.None));
    }

    [SkippableFact]
    public async Task Counting_FromManyCallersAtOnce_LosesNone()
    {
        const int Callers = 8;
        const int Each = 25;
        await PutIfAbsentAsync("counter", "0");

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                (string Value, string Version) current;
                do
                {
                    current = (await GetVersionedAsync("counter"))!.Value;
                }
                while (await PutIfMatchAsync("counter", $"{int.Parse(current.Value, System.Globalization.CultureInfo.InvariantCulture) + 1}", current.Version) is null);
            }
        })));

        Assert.Equal($"{Callers * Each}", await GetAsync("counter"));
    }

    [SkippableFact]
    public async Task OfManyAtOnce_OneMakesTheKeyAndOneRemovesIt()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 16).Select(caller => PutIfAbsentAsync("key", $"{caller}")));
        var version = Assert.Single(made, version => version is not null);

        var removed = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Store.DeleteIfMatchAsync("key", version!, CancellationToken.None)));

        Assert.Single(removed, done => done);
    }

    [SkippableFact]
    public async Task Readers_OfALargeValueThatChanges_SeeOneVersionWhole()
    {
        await Store.PutAsync("key", Values.OfSize(150_000, 0), PutOptions.None, CancellationToken.None);
        var writing = Task.Run(async () =>
        {
            for (var seed = 1; seed <= 20; seed++)
            {
                await Store.PutAsync("key", Values.OfSize(150_000 + (seed * 1000), seed), PutOptions.None, CancellationToken.None);
            }
        });

        var reads = 0;
        do
        {
            var value = (await Store.GetAsync("key", CancellationToken.None))!.Value;
            Assert.InRange(value.Length, 150_000, 170_000);
            Values.AssertEqual(Values.OfSize(value.Length, (value.Length - 150_000) / 1000), value);
            reads++;
        }
        while (!writing.IsCompleted || reads < 3);

        await writing;
    }

    private Task<string?> PutIfAbsentAsync(string key, string text) =>
        Store.PutIfAbsentAsync(key, Values.Text(text), PutOptions.None, CancellationToken.None);

    private Task<string?> PutIfMatchAsync(string key, string text, string version) =>
        Store.PutIfMatchAsync(key, Values.Text(text), PutOptions.None, version, CancellationToken.None);

    private async Task<(string Value, string Version)?> GetVersionedAsync(string key) =>
        await Store.GetVersionedAsync(key, CancellationToken.None) is { } found ? (Values.TextOf(found.Entry.Value), found.Version) : null;
}

using Microsoft.Extensions.Logging.Abstractions;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Stages;
using TraderHub.Data.KeyValue.Sqlite;
using TraderHub.Data.Sql;
using TraderHub.Soak.Migration;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Migration;

/// <summary>The signs of life by which a move knows whom to wait for.</summary>
public sealed class InstancesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 31, 0, TimeSpan.Zero);

    /// <summary>A move that took it for dead would not wait until it follows, and its writes would be lost.</summary>
    [Theory]
    [InlineData(-10)]
    [InlineData(10)]
    public async Task Count_OfAnInstanceWhoseClockIsTenMinutesAway_HasIt(int minutes)
    {
        await using var place = await Databases.CreateSignalsAndJobsAsync(DatabaseProvider.Sqlite);
        await using var database = new KeyValueDatabase(place.Options, NullLogger<KeyValueDatabase>.Instance);
        await MigratedTemplates.CopyFileAsync("kv", place.Folder.Path);
        var (here, there) = (new ManualClock(Now), new ManualClock(Now.AddMinutes(minutes)));
        var store = new SqliteKeyValueStore(database, here);
        await store.PutAsync(Executions.KeyOf(1), Executions.Append(null, "1"), PutOptions.None, CancellationToken.None);
        await using var observer = TestEngine.On(place, store, here);
        await using var instance = TestEngine.On(place, new SqliteKeyValueStore(database, there), there);

        await instance.Get<Instances>().BeatAsync(CancellationToken.None);

        Assert.Equal(1, await observer.Get<Instances>().CountAsync(CancellationToken.None));
    }
}

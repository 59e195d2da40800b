using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Watching;
using TraderHub.Core.Platform;
using TraderHub.Testing;

namespace TraderHub.Core.Tests.Migration.Watching;

public sealed class StoreFiguresTests
{
    private readonly ManualClock clock = new("2026-11-21T09:30:00Z");

    [Fact]
    public async Task Percentiles_AreTheBoundsOfTheClassesThatTheyFallIn_AlsoOfSeveralInstances()
    {
        var one = new EngineFigures(clock);
        var other = new EngineFigures(clock);
        for (var i = 0; i < 95; i++)
        {
            await ReadAsync(i % 2 == 0 ? one : other, TimeSpan.FromMilliseconds(4));
        }

        await ReadAsync(one, TimeSpan.FromMilliseconds(180));
        for (var i = 0; i < 4; i++)
        {
            await ReadAsync(other, TimeSpan.FromSeconds(60));
        }

        var both = one.SqlOf("signals", 0).Plus(other.SqlOf("signals", 0));

        Assert.Equal((100L, 5, 5, null), (both.Calls, both.Percentile(0.5), both.Percentile(0.95), both.Percentile(0.99)));
        Assert.Equal(200, both.Percentile(0.96));
        Assert.False(both.IsSlowerThan(200, 0.96));
        Assert.True(both.IsSlowerThan(200, 0.97));
        Assert.Null(StoreFigures.None.Percentile(0.5));
    }

    [Fact]
    public async Task Figures_AreOfTheLastFiveMinutes_AndOfTheStageThatIs()
    {
        var figures = new EngineFigures(clock);
        Assert.Equal(0, figures.SqlOf("signals", 1).Calls);
        await ReadAsync(figures, TimeSpan.Zero);
        clock.Advance(TimeSpan.FromMinutes(4));
        await ReadAsync(figures, TimeSpan.Zero);

        Assert.Equal(2, figures.SqlOf("signals", 1).Calls);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, figures.SqlOf("signals", 1).Calls);
        Assert.Equal(0, figures.SqlOf("signals", 2).Calls);
        Assert.Equal(0, figures.SqlOf("jobs", 1).Calls);
    }

    /// <summary>A unique name that is taken, or a missing user, is an answer; a database that is gone is none.</summary>
    [Fact]
    public async Task OnlyWhatWasNotDoneForTheStoresSake_HasFailed()
    {
        var figures = new EngineFigures(clock);
        await FailAsync(figures, new StorageConstraintException("signals", "insert", new(ConstraintKind.Unique, "uq"), new InvalidOperationException()));
        await FailAsync(figures, new StorageException("signals", "insert", null));
        await Assert.ThrowsAsync<KeyValueException>(() => figures.NoteKvAsync<int>(isWrite: true, () => throw new KeyValueException("put", KeyValueFailure.Unreachable)));

        Assert.Equal((2L, 1L), (figures.SqlOf("signals", 0).Writes, figures.SqlOf("signals", 0).FailedWrites));
        Assert.Equal((1L, 1L), (figures.Kv.Writes, figures.Kv.FailedWrites));
    }

    private static Task<StorageException> FailAsync(EngineFigures figures, StorageException exception) =>
        Assert.ThrowsAnyAsync<StorageException>(() => figures.NoteSqlAsync<int>("signals", isWrite: true, _ => false, () => throw exception));

    private Task<int> ReadAsync(EngineFigures figures, TimeSpan takes) => figures.NoteSqlAsync("signals", isWrite: false, _ => false, () =>
    {
        clock.Advance(takes);
        return Task.FromResult(0);
    });
}

using TraderHub.Core.KeyValue;
using TraderHub.Data.KeyValue.Memory;

namespace TraderHub.Data.Tests.KeyValue;

public sealed class MemoryKeyValueStoreTests : KeyValueStoreContract
{
    protected override Task<ITestStore> OpenAsync(TimeProvider clock) => Task.FromResult<ITestStore>(new MemoryStore(clock));
}

public sealed class MemoryVersionedStoreTests : VersionedKeyValueStoreContract
{
    protected override Task<ITestStore> OpenAsync(TimeProvider clock) => Task.FromResult<ITestStore>(new MemoryStore(clock));
}

/// <summary>The store in memory.</summary>
internal sealed class MemoryStore(TimeProvider clock) : ITestStore
{
    private readonly MemoryKeyValueStore store = new(clock);

    public IVersionedKeyValueStore Store => store;

    public IExpiredKeys Expired => store;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

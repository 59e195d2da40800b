using TraderHub.Core.KeyValue;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.KeyValue;

/// <summary>What both contracts share: a store of the test's own on a clock that stands still, empty at the beginning.</summary>
public abstract class KeyValueContract : IAsyncLifetime
{
    private ITestStore? opened;

    protected ManualClock Clock { get; } = new("2026-11-21T09:30:00Z");

    protected IVersionedKeyValueStore Store => opened!.Store;

    protected IExpiredKeys Expired => opened!.Expired;

    public async Task InitializeAsync() => opened = await OpenAsync(Clock);

    public async Task DisposeAsync()
    {
        if (opened is not null)
        {
            await opened.DisposeAsync();
        }
    }

    protected abstract Task<ITestStore> OpenAsync(TimeProvider clock);

    protected Task PutAsync(string key, string text, PutOptions? options = null) =>
        Store.PutAsync(key, Values.Text(text), options ?? PutOptions.None, CancellationToken.None);

    protected async Task<string?> GetAsync(string key) => await Store.GetAsync(key, CancellationToken.None) is { } value ? Values.TextOf(value) : null;

    protected static async Task<string> RefusalOf(Func<Task> call) =>
        (await Assert.ThrowsAsync<KeyValueRefusedException>(call)).Error.Code;
}

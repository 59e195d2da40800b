using TraderHub.Core.KeyValue;

namespace TraderHub.Data.Tests.KeyValue;

/// <summary>A store that a test has opened.</summary>
public interface ITestStore : IAsyncDisposable
{
    IVersionedKeyValueStore Store { get; }

    IExpiredKeys Expired { get; }
}

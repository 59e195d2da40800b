using TraderHub.Core.KeyValue;
using TraderHub.Core.Operations.Health;

namespace TraderHub.Data.KeyValue;

/// <summary>Whether the key-value store answers, by a key that nobody writes. Most of the system works without it.</summary>
internal sealed class KeyValueCheck(IKeyValueStore store) : IHealthCheck
{
    private const string NobodysKey = "~health";

    public string Service => "kv";

    public string Part => "Key-value store";

    public bool IsEssential => false;

    public Task CheckAsync(CancellationToken cancellationToken) => store.GetAsync(NobodysKey, cancellationToken);
}

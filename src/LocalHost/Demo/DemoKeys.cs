using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Stages;
using TraderHub.Functions;

namespace TraderHub.LocalHost.Demo;

/// <summary>
/// What the systems before this one left in the key-value store, in every shape that they wrote: so that there is something to move. Put there before anybody asks how far the
/// move is.
/// </summary>
internal static class DemoKeys
{
    private const string Resource = "demo-keys.json";

    /// <summary>Puts the keys into a folder that is new.</summary>
    public static async Task PutAsync(IConfiguration settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var services = DemoHistory.Compose(settings, clock);
        await services.PrepareStoresAsync(mayMigrate: true, cancellationToken);
        var store = services.GetRequiredService<IKeyValueStore>();
        if ((await store.ListAsync(new KeyQuery(StageDocuments.Prefix, Limit: 1), cancellationToken)).Keys.Count > 0)
        {
            return;
        }

        await using var stream = typeof(DemoKeys).Assembly.GetManifestResourceStream(Resource)!;
        using var keys = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
        foreach (var key in keys.RootElement.EnumerateArray())
        {
            var value = JsonSerializer.SerializeToUtf8Bytes(key.GetProperty("value"), DemoKeysJson.Default.JsonElement);
            await store.PutAsync(key.GetProperty("name").GetString()!, value, PutOptions.None, cancellationToken);
        }
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(JsonElement))]
internal sealed partial class DemoKeysJson : System.Text.Json.Serialization.JsonSerializerContext;

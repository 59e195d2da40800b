using System.Text.Json;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Platform;
using TraderHub.Data.KeyValue;

namespace TraderHub.LocalHost.Commands;

/// <summary>Writes keys as they come, however many: a line each, or a JSON array of <c>{name, expiration?, metadata?}</c>.</summary>
internal sealed class KvListing : IAsyncDisposable
{
    private readonly StreamWriter lines;
    private readonly Utf8JsonWriter? json;

    private KvListing(Stream output, bool asJson)
    {
        lines = new StreamWriter(output);
        if (asJson)
        {
            json = KeyValueRow.WriterTo(output);
            json.WriteStartArray();
        }
    }

    public static KvListing To(Stream output, bool asJson) => new(output, asJson);

    public void Add(ListedKey key)
    {
        if (json is null)
        {
            lines.WriteLine($"{key.Name}\t{key.Expiration?.ToIso() ?? "permanent"}\t{key.Metadata}".TrimEnd());
            return;
        }

        json.WriteStartObject();
        json.WriteString("name", key.Name);
        KeyValueRow.WriteBeside(json, key.Expiration, key.Metadata);
        json.WriteEndObject();
        json.Flush();
    }

    public async ValueTask DisposeAsync()
    {
        if (json is not null)
        {
            json.WriteEndArray();
            await json.DisposeAsync();
        }

        await lines.DisposeAsync();
    }
}

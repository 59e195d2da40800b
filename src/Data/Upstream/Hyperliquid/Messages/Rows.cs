using System.Collections;
using System.Text.Json;

namespace TraderHub.Data.Upstream.Hyperliquid.Messages;

/// <summary>What the serializer does not see of lists: whether each row is there.</summary>
internal static class Rows
{
    /// <summary>Refuses null among rows.</summary>
    /// <exception cref="JsonException">One is null.</exception>
    public static void RequireAll(IEnumerable rows)
    {
        foreach (var row in rows)
        {
            _ = row ?? throw new JsonException("One of the rows is null.");
        }
    }
}

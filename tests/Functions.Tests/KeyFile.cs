using System.Text.Json;
using TraderHub.LocalHost.Commands;

namespace TraderHub.Functions.Tests;

/// <summary>Fills a key-value store before a host uses it, as an operator does.</summary>
internal static class KeyFile
{
    /// <summary>Imports keys into the data folder of a host that is yet to start.</summary>
    public static async Task ImportAsync(string folder, params (string Key, string Value)[] keys)
    {
        var file = Path.Combine(folder, "keys.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(keys.Select(key => new { name = key.Key, value = key.Value })));
        Assert.Equal(0, await CommandLine.RunAsync(["kv", "import", file, "--data", folder, "--json"]));
    }
}

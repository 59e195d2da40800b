using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using TraderHub.LocalHost.Hosting;

namespace TraderHub.LocalHost.Demo;

/// <summary>The demo's settings, in a file in its folder, so that other commands with the same <c>--data</c> find them.</summary>
internal static class DemoSettings
{
    private const string BaseUrlKey = "Hyperliquid:BaseUrl";

    private const string AdminTokenKey = "Auth:AdminToken";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes the settings of this run; a token that was made before is kept.</summary>
    public static void Write(string directory, Uri exchange)
    {
        var token = HostSettings.Load(directory)[AdminTokenKey] ?? RandomNumberGenerator.GetHexString(64, lowercase: true);
        var settings = new JsonObject
        {
            ["IsEncrypted"] = false,
            ["Values"] = new JsonObject
            {
                [BaseUrlKey.Replace(":", "__", StringComparison.Ordinal)] = exchange.ToString(),
                [AdminTokenKey.Replace(":", "__", StringComparison.Ordinal)] = token,
            },
        };
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, HostSettings.FileName), settings.ToJsonString(Indented));
    }

    /// <summary>The settings of this run. The simulated exchange wins over the environment: a demo never asks the real one.</summary>
    public static IConfiguration Load(string directory, Uri exchange) => new ConfigurationBuilder()
        .AddConfiguration(HostSettings.Load(directory))
        .AddInMemoryCollection([new(BaseUrlKey, exchange.ToString())])
        .Build();
}

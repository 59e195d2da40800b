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

    /// <summary>Where stock prices come from.</summary>
    public const string QuotesKey = "Quotes:BaseUrl";

    private const string AdminTokenKey = "Auth:AdminToken";

    private const string WalletKey = "Demo:WalletKey";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The wallet of the run before, so that its trader has one history; a new one the first time.</summary>
    /// <exception cref="InvalidDataException">What is kept there is no key.</exception>
    public static DemoWallet LoadWallet(string directory) => HostSettings.Load(directory)[WalletKey] is { } key
        ? DemoWallet.FromKey(key) ?? throw new InvalidDataException($"{WalletKey} in the settings of '{directory}' is no key of a wallet. Remove it, and the demo makes another.")
        : DemoWallet.Create();

    /// <summary>Writes the settings of this run; a token that was made before is kept.</summary>
    public static void Write(string directory, Uri exchange, Uri quotes, DemoWallet wallet)
    {
        var token = HostSettings.Load(directory)[AdminTokenKey] ?? RandomNumberGenerator.GetHexString(64, lowercase: true);
        var settings = new JsonObject
        {
            ["IsEncrypted"] = false,
            ["Values"] = new JsonObject
            {
                [BaseUrlKey.Replace(":", "__", StringComparison.Ordinal)] = exchange.ToString(),
                [QuotesKey.Replace(":", "__", StringComparison.Ordinal)] = quotes.ToString(),
                [AdminTokenKey.Replace(":", "__", StringComparison.Ordinal)] = token,
                [WalletKey.Replace(":", "__", StringComparison.Ordinal)] = wallet.Key,
            },
        };
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, HostSettings.FileName), settings.ToJsonString(Indented));
    }

    /// <summary>The settings of this run. What is simulated wins over the environment: a demo never asks the real ones.</summary>
    public static IConfiguration Load(string directory, Uri exchange, Uri quotes) => new ConfigurationBuilder()
        .AddConfiguration(HostSettings.Load(directory))
        .AddInMemoryCollection([new(BaseUrlKey, exchange.ToString()), new(QuotesKey, quotes.ToString())])
        .Build();
}

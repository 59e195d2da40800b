using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using TraderHub.LocalHost.Demo.Simulated;
using TraderHub.LocalHost.Hosting;

namespace TraderHub.LocalHost.Demo;

/// <summary>The demo's settings, in a file in its folder, so that other commands with the same <c>--data</c> find them.</summary>
internal static class DemoSettings
{
    /// <summary>Where stock prices come from.</summary>
    public const string QuotesKey = "Quotes:BaseUrl";

    private const string WalletKey = "Demo:WalletKey";

    /// <summary>Each is made once, so that what they let in stays so in the next run.</summary>
    private static readonly string[] Secrets = ["Auth:AdminToken", "Auth:JwtSecret", "GitHub:WebhookSecret"];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The wallet of the run before, so that its trader has one history; a new one the first time.</summary>
    /// <exception cref="InvalidDataException">What is kept there is no key.</exception>
    public static DemoWallet LoadWallet(string directory) => HostSettings.Load(directory)[WalletKey] is { } key
        ? DemoWallet.FromKey(key) ?? throw new InvalidDataException($"{WalletKey} in the settings of '{directory}' is no key of a wallet. Remove it, and the demo makes another.")
        : DemoWallet.Create();

    /// <summary>Writes the settings of this run; secrets that were made before are kept.</summary>
    public static void Write(string directory, DemoUpstreams upstreams, DemoWallet wallet)
    {
        var before = HostSettings.Load(directory);
        var secrets = Secrets.Select(key => KeyValuePair.Create(key, (string?)(before[key] ?? RandomNumberGenerator.GetHexString(64, lowercase: true))));
        var values = Of(upstreams).Concat(secrets).Append(new(WalletKey, wallet.Key))
            .Select(setting => KeyValuePair.Create(setting.Key.Replace(":", "__", StringComparison.Ordinal), (JsonNode?)JsonValue.Create(setting.Value)));
        var settings = new JsonObject { ["IsEncrypted"] = false, ["Values"] = new JsonObject(values) };
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, HostSettings.FileName), settings.ToJsonString(Indented));
    }

    /// <summary>The settings of this run. What is simulated wins over the environment: a demo never asks the real ones.</summary>
    public static IConfiguration Load(string directory, DemoUpstreams upstreams) => new ConfigurationBuilder()
        .AddConfiguration(HostSettings.Load(directory))
        .AddInMemoryCollection(Of(upstreams))
        .Build();

    private static IEnumerable<KeyValuePair<string, string?>> Of(DemoUpstreams upstreams) =>
    [
        new("Hyperliquid:BaseUrl", upstreams.Exchange.ToString()),
        new(QuotesKey, upstreams.Quotes.ToString()),
        new("GitHub:OAuthBaseUrl", upstreams.GitHub.ToString()),
        new("GitHub:ApiBaseUrl", upstreams.GitHub.ToString()),
        new("GitHub:ClientId", SimulatedGitHub.ClientId),
        new("GitHub:ClientSecret", SimulatedGitHub.ClientSecret),
    ];
}

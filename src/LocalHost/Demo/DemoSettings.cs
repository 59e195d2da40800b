using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using TraderHub.Data.Platform;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Sqlite;
using TraderHub.LocalHost.Demo.Simulated;
using TraderHub.LocalHost.Hosting;

namespace TraderHub.LocalHost.Demo;

/// <summary>The demo's settings, in a file in its folder, so that other commands with the same <c>--data</c> find them.</summary>
internal static class DemoSettings
{
    /// <summary>Where stock prices come from.</summary>
    public const string QuotesKey = "Quotes:BaseUrl";

    private const string WalletKey = HostSettings.DemoMark;

    private const string AddressFile = "demo.address";

    private const string RunFile = ".demo";

    /// <summary>Each is made once, so that what they let in stays so in the next run.</summary>
    private static readonly string[] Secrets = ["Auth:AdminToken", "Auth:JwtSecret", "Auth:DataProtectionSecret", "GitHub:WebhookSecret"];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The wallet of the run before, so that its trader has one history; a new one the first time.</summary>
    /// <exception cref="InvalidDataException">What is kept there is no key.</exception>
    public static DemoWallet LoadWallet(string directory) => Read(directory).GetValueOrDefault(WalletKey) is { } key
        ? DemoWallet.FromKey(key) ?? throw new InvalidDataException($"{WalletKey} in the settings of '{directory}' is no key of a wallet. Remove it, and the demo makes another.")
        : DemoWallet.Create();

    /// <summary>Writes the settings of this run; secrets that were made before are kept.</summary>
    public static void Write(string directory, DemoUpstreams upstreams, DemoWallet wallet)
    {
        var before = Read(directory);
        var secrets = Secrets.Select(key => KeyValuePair.Create(key, (string?)(before.GetValueOrDefault(key) ?? RandomNumberGenerator.GetHexString(64, lowercase: true))));
        var values = Of(upstreams).Concat(secrets).Append(new(WalletKey, wallet.Key))
            .Select(setting => KeyValuePair.Create(setting.Key.Replace(":", "__", StringComparison.Ordinal), (JsonNode?)JsonValue.Create(setting.Value)));
        var settings = new JsonObject { ["IsEncrypted"] = false, ["Values"] = new JsonObject(values) };
        PrivateFiles.CreateFolder(directory);
        PrivateFiles.WriteText(Path.Combine(directory, HostSettings.FileName), settings.ToJsonString(Indented));
    }

    /// <summary>Makes sure that a folder is a demo's, or may become one: a demo writes invented history into it.</summary>
    /// <exception cref="InvalidDataException">It has data that is no demo's.</exception>
    public static void RequireOwn(string directory)
    {
        if (Directory.Exists(directory)
            && !Read(directory).ContainsKey(WalletKey)
            && (HostSettings.HasFile(directory) ? HostSettings.FileName : FindDatabase(directory)) is { } there)
        {
            throw new InvalidDataException($"'{directory}' is not a demo's: its {there} belongs to something else. Name another folder with --data.");
        }
    }

    /// <summary>Keeps other demos out of a folder until it is disposed of: each would give the folder its own upstreams.</summary>
    /// <exception cref="InvalidDataException">A demo runs there.</exception>
    /// <exception cref="DataFileException">The folder cannot be written.</exception>
    public static FileStream RunAlone(string directory)
    {
        var file = Path.Combine(directory, RunFile);
        try
        {
            PrivateFiles.CreateFolder(directory);
            return PrivateFiles.Hold(file, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception.GetType() == typeof(IOException) && File.Exists(file))
        {
            throw new InvalidDataException($"A demo runs in '{directory}' already. Stop it first, or name another folder with --data.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DataFolder.CannotBeWritten(directory, exception);
        }
    }

    /// <summary>Keeps where the demo listens, for <c>demo link</c>.</summary>
    public static void WriteAddress(string directory, Uri address) => PrivateFiles.WriteText(Path.Combine(directory, AddressFile), address.ToString());

    /// <summary>Where the demo of a folder listens.</summary>
    /// <exception cref="InvalidDataException">It does not run.</exception>
    public static Uri ReadAddress(string directory)
    {
        var file = Path.Combine(directory, AddressFile);
        return DataFolder.IsInUse(directory) && File.Exists(file) && Uri.TryCreate(File.ReadAllText(file), UriKind.Absolute, out var address)
            ? address
            : throw new InvalidDataException($"The demo in '{directory}' is not running. Start it with the command demo.");
    }

    private static string? FindDatabase(string directory) => Directory.EnumerateFiles(directory, "*.db").Select(Path.GetFileName).FirstOrDefault();

    private static Dictionary<string, string?> Read(string directory) => new(HostSettings.ReadFile(directory));

    private static IEnumerable<KeyValuePair<string, string?>> Of(DemoUpstreams upstreams) =>
    [
        new("Database:Provider", "sqlite"),
        new("KeyValue:Provider", "sqlite"),
        new("Hyperliquid:BaseUrl", upstreams.Exchange.ToString()),
        new(QuotesKey, upstreams.Quotes.ToString()),
        new("FearGreed:BaseUrl", upstreams.Indices.ToString()),
        new("FearGreed:CryptoBaseUrl", upstreams.Indices.ToString()),
        new("GitHub:OAuthBaseUrl", upstreams.GitHub.ToString()),
        new("GitHub:ApiBaseUrl", upstreams.GitHub.ToString()),
        new("GitHub:ClientId", SimulatedGitHub.ClientId),
        new("GitHub:ClientSecret", SimulatedGitHub.ClientSecret),
        new("Telegram:BaseUrl", upstreams.Telegram.ToString()),
        new("Telegram:BotToken", SimulatedTelegram.Token),
        new("Telegram:WebhookSecret", SimulatedTelegram.WebhookSecret),
    ];
}

using System.Text.Json;
using System.Text.Json.Serialization;
using TraderHub.Core.Platform;
using TraderHub.LocalHost.Demo.Simulated;

namespace TraderHub.LocalHost.Demo;

/// <summary>What the demo tells its visitor to try.</summary>
internal sealed partial class DemoGuide(Uri address, DemoTrader trader, DemoDeveloper developer, Uri link, Uri telegram, string directory)
{
    private string Root => address.ToString().TrimEnd('/');

    private string Authorization => $"-H 'Authorization: Bearer {trader.Token}'";

    private string[] Commands =>
    [
        $"curl {Authorization} {Root}/api/balance",
        $"curl {Authorization} -X PATCH -H 'Content-Type: application/json' -d '{{\"timezone\":{{\"zoneId\":\"Asia/Kathmandu\"}},\"dailyTarget\":{{\"targetPercentage\":2}}}}' {Root}/api/settings",
        $"curl '{Root}/api/v1/reports/end-of-day?date={DemoHistory.LastDay(TimeProvider.System.GetInstant())}'",
        $"curl {Authorization} {Root}/api/overview",
        $"curl -H 'Authorization: Bearer {developer.Token}' '{Root}/api/stats/daily?days=7'",
    ];

    /// <summary>Sends the bot a command, as Telegram would; each number is done once.</summary>
    private string Bot =>
        $"curl -H 'X-Telegram-Bot-Api-Secret-Token: {SimulatedTelegram.WebhookSecret}' -H 'Content-Type: application/json' -d '{{\"update_id\":1,\"message\":{{\"chat\":{{\"id\":77,\"type\":\"private\"}},\"text\":\"/now SPY\"}}}}' {Root}/api/telegram/webhook";

    private string BotAnswers => $"curl {telegram.ToString().TrimEnd('/')}/sent";

    /// <summary>Copies what the key-value store has to SQL while all of this goes on.</summary>
    private string Migrate => $"dotnet run --project src/LocalHost -- migration backfill --data {directory}";

    /// <summary>The accounts that belong to nobody here, by kind: anybody may ask the exchange about them.</summary>
    private static Dictionary<string, string> Accounts => SimulatedAccounts.Kinds.ToDictionary(kind => kind, kind => SimulatedAccounts.AddressOf(kind).ToString());

    /// <summary>Writes it for a person.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"Dashboard: {link} (signs a browser in, once, within a minute; 'demo link' prints another)");
        output.WriteLine();
        output.WriteLine($"A simulated trader, {trader.Address}, has signed in with a wallet of its own. In another terminal:");
        output.WriteLine();
        foreach (var command in Commands)
        {
            output.WriteLine($"    {command}");
        }

        output.WriteLine();
        output.WriteLine($"Its account is one of several that the exchange simulates; demo --account takes another: {string.Join(", ", SimulatedAccounts.Kinds)}.");
        output.WriteLine($"A simulated developer, {developer.Name}, has two months of reviews and has signed in with a simulated GitHub, for an hour (the last command has its token); {Root}/auth/github/login does the same in a browser.");
        output.WriteLine("A simulated Telegram has a bot of ours. This sends it a command (/help lists them; the next update needs the next number), and shows what it answered:");
        output.WriteLine();
        output.WriteLine($"    {Bot}");
        output.WriteLine($"    {BotAnswers}");
        output.WriteLine();
        output.WriteLine("The key-value store has what older systems left in it, in every shape that they wrote. This copies it to SQL while the host runs; docs/migration.md has the rest of the way, and the way back:");
        output.WriteLine();
        output.WriteLine($"    {Migrate}");
        output.WriteLine();
        output.WriteLine($"The timer CaptureSnapshots runs now; its rows are in {Path.Combine(directory, "trading.db")}, table position_snapshots.");
        output.WriteLine();
    }

    /// <summary>Writes it for a script, on one line.</summary>
    public void WriteJson(TextWriter output) => output.WriteLine(JsonSerializer.Serialize(
        new GuideDocument(Root, link.ToString(), trader.Address, trader.Token, developer.Name, developer.Token, Path.GetFullPath(directory), Commands, [Bot, BotAnswers], Migrate, Accounts), GuideJson.Default.GuideDocument));

    internal sealed record GuideDocument(
        string Address, string Dashboard, string Trader, string Token, string Developer, string DeveloperToken, string Data, IReadOnlyList<string> Commands, IReadOnlyList<string> Bot, string Migrate, IReadOnlyDictionary<string, string> Accounts);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(GuideDocument))]
    private sealed partial class GuideJson : JsonSerializerContext;
}

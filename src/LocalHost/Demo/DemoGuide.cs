using System.Text.Json;
using System.Text.Json.Serialization;
using TraderHub.Core.Platform;

namespace TraderHub.LocalHost.Demo;

/// <summary>What the demo tells its visitor to try.</summary>
internal sealed partial class DemoGuide(Uri address, DemoTrader trader, string directory)
{
    private string Root => address.ToString().TrimEnd('/');

    private string[] Commands =>
    [
        $"curl {Root}/health",
        $"curl -H 'Authorization: Bearer {trader.Token}' {Root}/api/balance",
        $"curl '{Root}/api/v1/reports/end-of-day?date={DemoHistory.LastDay(TimeProvider.System.GetInstant())}'",
        $"curl -H 'Cookie: timezone={{\"offset\":5.75}}' {Root}/api/time",
        $"curl -X POST -H 'Content-Type: application/json' -d '{{\"zoneId\":\"America/New_York\"}}' {Root}/api/timezone",
    ];

    /// <summary>Writes it for a person.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"A simulated trader, {trader.Address}, has signed in with a wallet of its own. In another terminal:");
        output.WriteLine();
        foreach (var command in Commands)
        {
            output.WriteLine($"    {command}");
        }

        output.WriteLine();
        output.WriteLine($"The timer CaptureSnapshots runs now; its rows are in {Path.Combine(directory, "trading.db")}, table position_snapshots.");
        output.WriteLine();
    }

    /// <summary>Writes it for a script, on one line.</summary>
    public void WriteJson(TextWriter output) => output.WriteLine(JsonSerializer.Serialize(
        new GuideDocument(Root, trader.Address, trader.Token, Path.GetFullPath(directory), Commands), GuideJson.Default.GuideDocument));

    internal sealed record GuideDocument(string Address, string Trader, string Token, string Data, IReadOnlyList<string> Commands);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(GuideDocument))]
    private sealed partial class GuideJson : JsonSerializerContext;
}

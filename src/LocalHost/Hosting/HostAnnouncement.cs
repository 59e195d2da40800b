using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Functions.Http;
using TraderHub.LocalHost.Hosting.Timers;

namespace TraderHub.LocalHost.Hosting;

/// <summary>What a host says of itself when it serves.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="Functions">Its HTTP functions.</param>
/// <param name="Timers">Its timers.</param>
internal sealed partial record HostAnnouncement(
    string Address, IReadOnlyList<HostAnnouncement.HttpEntry> Functions, IReadOnlyList<HostAnnouncement.TimerEntry> Timers)
{
    /// <summary>What a running host has to say. Functions of the host itself are not listed, as the Functions host does not list its own.</summary>
    public static HostAnnouncement Of(EmbeddedHost host)
    {
        var address = host.Address.ToString().TrimEnd('/');
        var catalog = host.Services.GetRequiredService<FunctionCatalog>();
        var timers = host.Services.GetRequiredService<TimerHost>();
        return new(
            address,
            catalog.Http.Where(function => function != AdminFunctions.InvokeTimerFunction).Select(function => HttpEntry.Of(function, address)).ToList(),
            timers.Listeners.Select(timer => new TimerEntry(timer.Name, timer.Schedule, timer.Next.ToString())).ToList());
    }

    /// <summary>Writes it for a person, the way <c>func start</c> does.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine("Functions:");
        output.WriteLine();
        foreach (var function in Functions)
        {
            output.WriteLine($"    {function.Name}: [{string.Join(',', function.Methods)}] {function.Url}");
        }

        output.WriteLine();
        foreach (var timer in Timers)
        {
            output.WriteLine($"    {timer.Name}: timerTrigger [{timer.Schedule}], next run {timer.Next}");
        }

        output.WriteLine();
        output.WriteLine($"Now listening on: {Address}");
    }

    /// <summary>Writes it for a script, on one line.</summary>
    public void WriteJson(TextWriter output) => output.WriteLine(JsonSerializer.Serialize(this, AnnouncementJson.Default.HostAnnouncement));

    /// <summary>An HTTP function.</summary>
    internal sealed record HttpEntry(string Name, IReadOnlyList<string> Methods, string Url)
    {
        public static HttpEntry Of(HttpFunction function, string address) =>
            new(function.Name, function.Methods.Count == 0 ? ["ANY"] : function.Methods, $"{address}/{function.Route}");
    }

    /// <summary>A timer.</summary>
    internal sealed record TimerEntry(string Name, string Schedule, string Next);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(HostAnnouncement))]
    private sealed partial class AnnouncementJson : JsonSerializerContext;
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using TraderHub.Core.Jobs;
using TraderHub.Core.Platform;

namespace TraderHub.LocalHost.Commands;

/// <summary>What <c>jobs run</c> answers: how the run ended, or why it did not start.</summary>
internal sealed partial record ReportRow(
    string Report, string Date, string Status, long? Id, string? RunId, long? Symbols, long? Successful, IReadOnlyList<string> Errors)
{
    public static ReportRow Of(JobExecution execution) => new(
        execution.ReportType!,
        execution.ExecutionDate.ToIso(),
        execution.Status.ToText(),
        execution.Id,
        execution.RunId,
        execution.Symbols.Processed,
        execution.Symbols.Successful,
        execution.Errors);

    public static ReportRow Refused(string report, LocalDate date, Error refusal) => new(report, date.ToIso(), "refused", null, null, null, null, [refusal.Detail]);

    public void Write(bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(this, ReportRowJson.Default.ReportRow));
            return;
        }

        var symbols = Symbols is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", {Successful} of {Symbols} symbols");
        Console.WriteLine(Id is null ? $"{Report} {Date}: {Status}" : string.Create(CultureInfo.InvariantCulture, $"{Report} {Date}: {Status}{symbols} (execution {Id})"));
        foreach (var error in Errors)
        {
            Console.WriteLine($"  {error}");
        }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(ReportRow))]
    private sealed partial class ReportRowJson : JsonSerializerContext;
}

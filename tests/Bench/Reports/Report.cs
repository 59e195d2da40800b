using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TraderHub.Bench.Reports;

/// <summary>The rows for programs, and what they were measured on.</summary>
/// <param name="MeasuredAt">When.</param>
/// <param name="Version">The version and commit that were measured.</param>
/// <param name="System">The operating system.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="Cores">How many cores the machine has.</param>
/// <param name="ReadyToRun">Whether both sides are published with code compiled ahead of time.</param>
/// <param name="IsQuick">Whether the rounds were too short to rely on.</param>
/// <param name="Rows">The rows.</param>
internal sealed partial record Report(
    DateTimeOffset MeasuredAt,
    string Version,
    string System,
    string Runtime,
    int Cores,
    bool ReadyToRun,
    bool IsQuick,
    IReadOnlyList<Report.Entry> Rows)
{
    /// <summary>Reports rows.</summary>
    public static Report Of(IReadOnlyList<Row> rows, BenchOptions options, TimeProvider clock) => new(
        clock.GetUtcNow(),
        typeof(Report).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        Environment.ProcessorCount,
        options.ReadyToRun,
        options.Effort == Effort.Quick,
        rows.Select(Entry.Of).ToList());

    /// <summary>The circumstances in one line, to stand above the table.</summary>
    [JsonIgnore]
    public string Heading => $"TraderHub {Version}, {Runtime} on {System}, {Cores} cores, {(ReadyToRun ? "ReadyToRun" : "no ReadyToRun")}{(IsQuick ? ", quick" : string.Empty)}";

    /// <summary>Writes the file.</summary>
    public async Task SaveAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, this, ReportJson.Default.Report, cancellationToken);
    }

    /// <summary>A row.</summary>
    internal sealed record Entry(
        string Name,
        string Unit,
        double Subject,
        double Reference,
        double Ratio,
        string? Goal,
        bool? IsReached,
        IReadOnlyList<double> SubjectSamples,
        IReadOnlyList<double> ReferenceSamples)
    {
        public static Entry Of(Row row) => new(
            row.Name, row.Unit, row.Subject, row.Reference, row.Ratio, row.Goal?.Text, row.IsReached, row.SubjectSamples, row.ReferenceSamples);
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
    [JsonSerializable(typeof(Report))]
    private sealed partial class ReportJson : JsonSerializerContext;
}

using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TraderHub.Core.Jobs.Analysis;
using TraderHub.Core.Jobs.Reports.EndOfDay;
using TraderHub.Core.Jobs.Reports.Intraday;
using TraderHub.Core.Jobs.Reports.PreMarket;
using TraderHub.Core.Jobs.Reports.Weekly;

namespace TraderHub.Core.Jobs.Reports;

/// <summary>Reports and signals as they are stored.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PreMarketReport))]
[JsonSerializable(typeof(IntradayReport))]
[JsonSerializable(typeof(EndOfDayReport))]
[JsonSerializable(typeof(WeeklyReport))]
[JsonSerializable(typeof(IReadOnlyList<Signal>))]
public sealed partial class ReportJson : JsonSerializerContext
{
    /// <summary>The report of a snapshot; the default when there is none, or when what is there is of another kind.</summary>
    public static T? Read<T>(string? content, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return content is null ? null : JsonSerializer.Deserialize(content, type);
        }
        catch (JsonException)
        {
            // A program may have stored a report of its own making under the same name.
            return null;
        }
    }
}

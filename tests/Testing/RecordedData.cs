using System.Text.Json;
using Xunit;

namespace TraderHub.Testing;

/// <summary>A recorded request to a real upstream, and its answer.</summary>
public sealed record RecordedExchange(string File, JsonElement Request, string Response)
{
    public string Type => Request.GetProperty("type").GetString()!;
}

/// <summary>
/// The recorded real data. It is not part of the repository: tests read it from <c>TRADERHUB_RECORDED_DATA</c>, or from <c>../shared/data</c> beside
/// the checkout, and are skipped, visibly, where neither is there.
/// </summary>
public static class RecordedData
{
    /// <summary>The recorded exchanges with Hyperliquid's info API, all of them or of one request type.</summary>
    public static IReadOnlyList<RecordedExchange> Hyperliquid(string? type = null)
    {
        var folder = Find();
        Skip.If(folder is null, "No recorded data: set TRADERHUB_RECORDED_DATA to its folder.");
        return Directory.GetFiles(Path.Combine(folder!, "hyperliquid"), "*.json")
            .Order(StringComparer.Ordinal)
            .SelectMany(Read)
            .Where(exchange => type is null || exchange.Type == type)
            .ToList();
    }

    private static IEnumerable<RecordedExchange> Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return document.RootElement.EnumerateArray()
            .Select(entry => new RecordedExchange(
                Path.GetFileName(file), entry.GetProperty("request").Clone(), entry.GetProperty("response").GetRawText()))
            .ToList();
    }

    private static string? Find()
    {
        var configured = Environment.GetEnvironmentVariable("TRADERHUB_RECORDED_DATA");
        if (!string.IsNullOrEmpty(configured))
        {
            return Directory.Exists(configured) ? configured : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TraderHub.sln")))
            {
                var beside = Path.Combine(folder.Parent!.FullName, "shared", "data");
                return Directory.Exists(beside) ? beside : null;
            }
        }

        return null;
    }
}

using System.Text.Json;
using Microsoft.Extensions.Logging;
using TraderHub.Core.Platform;

namespace TraderHub.Data.Upstream.Quotes;

/// <summary>Yahoo's chart API, which gives the daily prices of stocks. Whoever asks for them shares its places and its circuit.</summary>
internal sealed class YahooChart(IHttpClientFactory clients, QuotesOptions options, TimeProvider clock, ILogger<YahooChart> logger) : IDisposable
{
    private readonly JsonUpstream upstream = new("Yahoo Finance", clients.CreateClient(nameof(YahooChart)), clock, logger);

    /// <summary>Asks for a symbol's chart.</summary>
    /// <param name="symbol">The symbol, as Yahoo writes it.</param>
    /// <param name="query">Which stretch of time, and in which steps.</param>
    /// <param name="retries">Whether failures that may pass are tried again.</param>
    /// <param name="read">Makes something of the chart; null when it has no usable prices.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="UpstreamException">There is no usable chart.</exception>
    public Task<T> ReadAsync<T>(string symbol, string query, bool retries, Func<JsonElement?, T?> read, CancellationToken cancellationToken)
        where T : class
    {
        var address = new Uri($"{options.BaseUrl.AbsoluteUri.TrimEnd('/')}/v8/finance/chart/{Uri.EscapeDataString(symbol)}?{query}");
        return upstream.AskAsync(
            $"prices of {symbol}",
            address,
            retries,
            answer =>
            {
                var chart = ((JsonElement?)answer).Child("chart");
                return (chart.Child("error") is null or { ValueKind: JsonValueKind.Null } ? read(chart.Child("result").First()) : null)
                    ?? throw upstream.BadAnswer($"has no prices of {symbol}.");
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => upstream.Dispose();
}

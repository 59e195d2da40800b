using System.Text.Json;
using Microsoft.Extensions.Logging;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Market;

namespace TraderHub.Data.Upstream.FearGreed;

/// <summary>alternative.me's index of crypto: a list of days, the newest first, all of whose numbers are texts.</summary>
internal sealed class CryptoIndex(HttpClient http, FearGreedOptions options, TimeProvider clock, ILogger<CryptoIndex> logger) : IDisposable
{
    private const int Days = 366;

    private readonly JsonUpstream upstream = new("alternative.me", http, clock, logger);

    private readonly Uri address = new($"{options.CryptoBaseUrl.AbsoluteUri.TrimEnd('/')}/fng/?limit={Days}");

    /// <exception cref="UpstreamException">It cannot be read.</exception>
    public Task<FearGreedReading> ReadAsync(CancellationToken cancellationToken) => upstream.AskAsync(
        "index of crypto",
        address,
        retries: true,
        answer => Read(answer, clock.GetInstant()) ?? throw upstream.BadAnswer("answered no score from 0 to 100, or no rating."),
        cancellationToken);

    /// <inheritdoc />
    public void Dispose() => upstream.Dispose();

    private static FearGreedReading? Read(JsonElement? answer, Instant now)
    {
        if (answer.Child("metadata").Child("error") is not (null or { ValueKind: JsonValueKind.Null })
            || answer.Child("data").Elements() is not [var newest, ..] days
            || IndexShape.ScoreOf(ValueOf(newest)) is not { } score
            || IndexShape.RatingOf(((JsonElement?)newest).Child("value_classification")) is not { } rating)
        {
            return null;
        }

        return new(FearGreedMarket.Crypto, rating, score, now, IsStale: false)
        {
            PreviousClose = DaysBefore(1),
            PreviousWeek = DaysBefore(7),
            PreviousMonth = DaysBefore(30),
            PreviousYear = DaysBefore(365),
        };

        double? DaysBefore(int number) => number < days.Length ? IndexShape.ScoreOf(ValueOf(days[number])) : null;
    }

    private static JsonElement? ValueOf(JsonElement? day) => day.Child("value");
}

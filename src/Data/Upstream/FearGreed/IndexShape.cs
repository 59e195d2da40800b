using System.Buffers;
using System.Text;
using System.Text.Json;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Market;

namespace TraderHub.Data.Upstream.FearGreed;

/// <summary>The shape that CNN answers an index in, and that one is kept in.</summary>
internal static class IndexShape
{
    private const int LongestRating = 40;

    /// <summary>The index; null when its score or its rating is none.</summary>
    public static FearGreedReading? Read(FearGreedMarket market, JsonElement? answer, Instant fetchedAt) =>
        ScoreOf(answer.Child("score")) is { } score && RatingOf(answer.Child("rating")) is { } rating
            ? new(market, rating, score, fetchedAt, IsStale: false)
            {
                PreviousClose = ScoreOf(answer.Child("previous_close")),
                PreviousWeek = ScoreOf(answer.Child("previous_1_week")),
                PreviousMonth = ScoreOf(answer.Child("previous_1_month")),
                PreviousYear = ScoreOf(answer.Child("previous_1_year")),
            }
            : null;

    /// <summary>A score, 0 to 100; numbers that are written as text are numbers.</summary>
    public static double? ScoreOf(JsonElement? field) => field.Number() is { } score and >= 0 and <= 100 ? score : null;

    /// <summary>A rating in lower case, which is a word or a few.</summary>
    public static string? RatingOf(JsonElement? field) =>
        field.Text()?.Trim() is { Length: > 0 and <= LongestRating } rating && rating.All(letter => char.IsLetter(letter) || letter is ' ' or '-' or '_')
            ? rating.ToLowerInvariant()
            : null;

    /// <summary>Writes an index.</summary>
    public static string Write(FearGreedReading reading)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("rating", reading.Rating);
            writer.WriteNumber("score", reading.Score);
            writer.WriteString("timestamp", reading.FetchedAt.ToIso());
            WriteScore(writer, "previous_close", reading.PreviousClose);
            WriteScore(writer, "previous_1_week", reading.PreviousWeek);
            WriteScore(writer, "previous_1_month", reading.PreviousMonth);
            WriteScore(writer, "previous_1_year", reading.PreviousYear);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteScore(Utf8JsonWriter writer, string name, double? score)
    {
        if (score is { } known)
        {
            writer.WriteNumber(name, known);
        }
    }
}

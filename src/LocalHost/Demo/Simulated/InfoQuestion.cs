using System.Text.Json;
using TraderHub.Core.Trading;

namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>A request to <c>POST /info</c>, as strictly read as the real exchange does.</summary>
/// <param name="Type">What is asked.</param>
/// <param name="User">Whose; null when the request has none.</param>
/// <param name="Dex">The exchange of perpetuals.</param>
/// <param name="Start">From when, inclusive.</param>
/// <param name="End">Until when, inclusive.</param>
/// <param name="IsReversed">Whether the newest come first.</param>
/// <param name="Coin">The market that candles are asked of; null when the request has none.</param>
internal sealed record InfoQuestion(string Type, string? User, string Dex, DateTimeOffset? Start, DateTimeOffset End, bool IsReversed, string? Coin)
{
    /// <summary>Reads a request; null when it is none.</summary>
    public static async Task<InfoQuestion?> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            var root = document.RootElement;
            var user = Field(root, "user")?.GetString();
            var dex = Field(root, "dex")?.GetString() ?? SimulatedListings.MainDex;

            // Candles have their fields one level deeper.
            var fields = Field(root, "req") ?? root;
            var isValid = (user is null || WalletAddress.TryParse(user, out _)) && SimulatedListings.Dexes.Contains(dex);
            return isValid && Field(root, "type")?.GetString() is { } type
                ? new(
                    type,
                    user?.ToLowerInvariant(),
                    dex,
                    Time(fields, "startTime"),
                    Time(fields, "endTime") ?? DateTimeOffset.MaxValue,
                    Field(root, "reversed")?.GetBoolean() ?? false,
                    Field(fields, "coin")?.GetString())
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Whether a moment is within what is asked for; both ends are.</summary>
    public bool Covers(DateTimeOffset time) => time.ToUnixTimeMilliseconds() >= Start?.ToUnixTimeMilliseconds() && time.ToUnixTimeMilliseconds() <= End.ToUnixTimeMilliseconds();

    private static JsonElement? Field(JsonElement root, string name) => root.TryGetProperty(name, out var field) && field.ValueKind != JsonValueKind.Null ? field : null;

    private static DateTimeOffset? Time(JsonElement root, string name) => Field(root, name) is { } field ? DateTimeOffset.FromUnixTimeMilliseconds(field.GetInt64()) : null;
}

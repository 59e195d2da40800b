using System.Text.Json.Serialization;

namespace TraderHub.Functions.Trading;

/// <summary>Reads and writes the trading module's shapes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BalanceAnswer))]
[JsonSerializable(typeof(OverviewAnswer))]
[JsonSerializable(typeof(NonceRequest))]
[JsonSerializable(typeof(NonceAnswer))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(LoginAnswer))]
[JsonSerializable(typeof(SettingsDocument))]
[JsonSerializable(typeof(TimeAnswer))]
[JsonSerializable(typeof(TimezoneChoice))]
[JsonSerializable(typeof(TimezoneAnswer))]
[JsonSerializable(typeof(TimezoneCookie))]
[JsonSerializable(typeof(TradingStatusAnswer))]
internal sealed partial class TradingJson : JsonSerializerContext;

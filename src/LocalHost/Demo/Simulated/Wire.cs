using System.Globalization;
using System.Text.Json.Nodes;

namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>How the exchange writes things.</summary>
internal static class Wire
{
    /// <summary>An amount: a text, with one decimal at least.</summary>
    public static string Text(decimal amount) => decimal.Round(amount, 8).ToString("0.0#######", CultureInfo.InvariantCulture);

    /// <summary>A rate of funding.</summary>
    public static string Rate(decimal rate) => decimal.Round(rate, 10).ToString("0.0#########", CultureInfo.InvariantCulture);

    /// <summary>A list.</summary>
    public static JsonArray List(IEnumerable<JsonNode?> items) => new([.. items]);
}

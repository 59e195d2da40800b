using System.Diagnostics.CodeAnalysis;

namespace TraderHub.Core.Jobs.Quotes;

/// <summary>
/// Something that has a price. A stock is written as Yahoo writes it (<c>AAPL</c>, <c>BRK-B</c>, <c>^GSPC</c>); a coin is written with the prefix
/// <c>HL:</c> and Hyperliquid's own name (<c>HL:BTC</c>, <c>HL:kPEPE</c>), so that neither is ever taken for the other (rule R3).
/// </summary>
public readonly record struct MarketSymbol
{
    private const string CoinPrefix = "HL:";

    private const int LongestStock = 15;

    private const int LongestCoin = 24;

    private MarketSymbol(string text) => Text = text;

    /// <summary>The symbol as it is written, stored and answered.</summary>
    public string Text { get; }

    /// <summary>Hyperliquid's name of the coin; null for a stock.</summary>
    public string? Coin => Text.StartsWith(CoinPrefix, StringComparison.Ordinal) ? Text[CoinPrefix.Length..] : null;

    /// <summary>Reads a symbol. Stocks and the prefix are taken in any case; a coin's name is not, because the exchange tells them apart by it.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MarketSymbol symbol)
    {
        symbol = default;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        if (text.StartsWith(CoinPrefix, StringComparison.OrdinalIgnoreCase))
        {
            var coin = text[CoinPrefix.Length..];
            symbol = new(CoinPrefix + coin);
            return coin.Length is > 0 and <= LongestCoin && coin.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '@' or '/' or ':');
        }

        symbol = new(text.ToUpperInvariant());
        return text.Length <= LongestStock
            && text.Any(char.IsAsciiLetterOrDigit)
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '^' or '=');
    }

    /// <inheritdoc />
    public override string ToString() => Text;
}

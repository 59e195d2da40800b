using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs.Quotes;

/// <summary>Lists of symbols as callers and settings write them: with commas between.</summary>
public static class SymbolList
{
    /// <summary>The most symbols that are analysed at once.</summary>
    public const int Most = 50;

    private const int LongestQuote = 40;

    /// <summary>What is analysed where nothing else is said.</summary>
    public const string Default = "AAPL,MSFT,GOOGL,TSLA,NVDA";

    /// <summary>The symbols of a list, each once, in its order; or what is wrong with it, as the problem of a field.</summary>
    public static Result<IReadOnlyList<MarketSymbol>> Parse(string text, string field)
    {
        ArgumentNullException.ThrowIfNull(text);
        var errors = new FieldErrors();
        var symbols = new List<MarketSymbol>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!MarketSymbol.TryParse(part, out var symbol))
            {
                errors.Add(field, $"holds '{PlainText.Quote(part, LongestQuote)}', which is neither a stock such as AAPL or BRK-B nor a coin such as HL:BTC.");
            }
            else if (!symbols.Contains(symbol))
            {
                symbols.Add(symbol);
            }
        }

        if (symbols.Count > Most)
        {
            errors.Add(field, $"holds {symbols.Count} symbols; at most {Most} are analysed at once.");
        }
        else if (symbols.Count == 0 && errors.IsEmpty)
        {
            errors.Add(field, "holds no symbol; write some with commas between, such as AAPL,HL:BTC.");
        }

        return errors.IsEmpty ? symbols : errors.ToError();
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TraderHub.Functions.Trading;

/// <summary>Amounts on the wire.</summary>
internal static class Amount
{
    /// <summary>Quotients are cut there; products of the exchange's figures have fewer digits.</summary>
    private const int Digits = 8;

    /// <summary>All digits, as they are.</summary>
    [return: NotNullIfNotNull(nameof(amount))]
    public static string? Text(decimal? amount) => amount?.ToString(CultureInfo.InvariantCulture);

    /// <summary>A computed figure, without the digits that only its division made; dividing by a one with zeros drops its own.</summary>
    public static decimal Number(decimal amount) => decimal.Round(amount, Digits) / 1.0000000000m;

    /// <summary>The same of a figure that may be unknown.</summary>
    public static decimal? Number(decimal? amount) => amount is { } known ? Number(known) : null;

    /// <summary>For people, with a fixed number of decimals.</summary>
    public static string Fixed(decimal amount, int decimals) => amount.ToString($"F{decimals}", CultureInfo.InvariantCulture);
}

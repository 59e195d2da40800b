using System.Globalization;

namespace Azure.Data.Tables;

/// <summary>Writes values into OData filters, so that none can be more than a value.</summary>
internal sealed class QueryFilter : IFormatProvider, ICustomFormatter
{
    public static string Of(FormattableString filter) => filter.ToString(new QueryFilter());

    public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

    public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
    {
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        long number => string.Create(CultureInfo.InvariantCulture, $"{number}L"),
        _ => throw new NotSupportedException($"Values of type {arg?.GetType()} are not filtered by here."),
    };
}

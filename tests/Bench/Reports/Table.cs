using System.Globalization;

namespace TraderHub.Bench.Reports;

/// <summary>The rows for people.</summary>
internal static class Table
{
    private static readonly string[] Header = ["name", "subject", "reference", "ratio", "reach", "reached"];

    /// <summary>Writes the table, its columns aligned.</summary>
    public static void Write(IReadOnlyList<Row> rows, TextWriter output)
    {
        var lines = rows.Select(CellsOf).Prepend(Header).ToList();
        var widths = Header.Select((_, column) => lines.Max(cells => cells[column].Length)).ToArray();
        foreach (var cells in lines)
        {
            output.WriteLine(string.Join("  ", cells.Select((cell, column) => column is > 0 and < 4 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    private static string[] CellsOf(Row row) =>
    [
        row.Name,
        $"{Format(row.Subject)} {row.Unit}",
        $"{Format(row.Reference)} {row.Unit}",
        $"{row.Ratio.ToString("0.00", CultureInfo.InvariantCulture)}x",
        row.Goal?.Text ?? "-",
        row.IsReached switch { true => "yes", false => "no", null => "-" },
    ];

    /// <summary>About three digits: more would only show noise.</summary>
    private static string Format(double value) =>
        value.ToString(value switch { >= 100 => "0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture);
}

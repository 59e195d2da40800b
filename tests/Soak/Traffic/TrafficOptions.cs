using System.Globalization;
using TraderHub.Data.Sql;

namespace TraderHub.Soak.Traffic;

/// <summary>How a run of <c>traffic</c> is made.</summary>
/// <param name="Length">How long callers are served.</param>
/// <param name="Database">Where the group moves to.</param>
internal sealed record TrafficOptions(TimeSpan Length, DatabaseProvider Database)
{
    /// <summary>Reads <c>[seconds] [sqlite|postgres]</c>; null when the arguments are something else.</summary>
    public static TrafficOptions? Parse(string[] arguments) => arguments switch
    {
        [] => new(TimeSpan.FromMinutes(5), DatabaseProvider.Sqlite),
        [var text] => Parse([text, "sqlite"]),
        [var text, "sqlite" or "postgres"] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 =>
            new(TimeSpan.FromSeconds(seconds), arguments[1] == "sqlite" ? DatabaseProvider.Sqlite : DatabaseProvider.Postgres),
        _ => null,
    };
}

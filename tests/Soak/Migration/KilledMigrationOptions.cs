using System.Globalization;
using TraderHub.Data.Sql;

namespace TraderHub.Soak.Migration;

/// <summary>How a run of <c>migration</c> is made.</summary>
/// <param name="Kills">How many processes are killed.</param>
/// <param name="Database">Where the group moves to.</param>
/// <param name="Seed">What the run's choices follow from; the moments at which processes come to them do not.</param>
internal sealed record KilledMigrationOptions(int Kills, DatabaseProvider Database, int Seed)
{
    /// <summary>Reads <c>[--kills n] [--database sqlite|postgres] [--seed s]</c>; null when the arguments are something else.</summary>
    public static KilledMigrationOptions? Parse(string[] arguments)
    {
        var options = new KilledMigrationOptions(200, DatabaseProvider.Sqlite, 1);
        foreach (var pair in arguments.Chunk(2))
        {
            var parsed = pair switch
            {
                ["--kills", var text] when Number(text) is { } kills => options with { Kills = kills },
                ["--seed", var text] when Number(text) is { } seed => options with { Seed = seed },
                ["--database", "sqlite"] => options with { Database = DatabaseProvider.Sqlite },
                ["--database", "postgres"] => options with { Database = DatabaseProvider.Postgres },
                _ => null,
            };
            if (parsed is null)
            {
                return null;
            }

            options = parsed;
        }

        return options;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

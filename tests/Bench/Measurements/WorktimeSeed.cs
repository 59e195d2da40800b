using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime.SignIn;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;
using TraderHub.Data.Worktime;
using TraderHub.Data.Worktime.SignIn;

namespace TraderHub.Bench.Measurements;

/// <summary>Fills a worktime database with developers who have signed in, and with sessions of theirs that run: each developer's in twenty repositories.</summary>
internal static class WorktimeSeed
{
    public const int Developers = 500;

    public const int Sessions = 250_000;

    public const string Secret = "the-secret-of-a-measurement-and-of-nothing-else";

    /// <summary>Fills it; the developers' tokens are returned, in the order of their ids.</summary>
    public static async Task<IReadOnlyList<string>> MakeAsync(DatabaseOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        const string Users = """
            INSERT INTO users (github_user_id, github_username, created_at, last_active)
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < @Count)
            SELECT n, 'developer ' || n, @Now, @Now FROM number
            """;
        const string Running = """
            INSERT INTO time_sessions (user_id, repo_owner, repo_name, pr_number, start_time, status, created_at, last_seen_at)
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < @Count)
            SELECT 1 + n % @Developers, 'octo', 'repo' || (n / @Developers % 20), n, @Start, 'active', @Now, @Now FROM number
            """;

        await using var database = new WorktimeDatabase(options, NullLogger<WorktimeDatabase>.Instance);
        await new MigrationRunner(database, clock).MigrateAsync(cancellationToken);
        var now = clock.GetInstant();
        await database.ExecuteAsync(Users, new { Count = Developers, Now = now }, cancellationToken);
        await database.ExecuteAsync(Running, new { Count = Sessions, Developers, Start = now - Duration.FromMinutes(20), Now = now }, cancellationToken);
        var families = new SqlTokenFamilies(database);
        var tokens = new JwtDeveloperTokens(new DeveloperTokenOptions(Secret));
        var texts = new List<string>();
        for (var developer = 1; developer <= Developers; developer++)
        {
            var family = TokenFamily.Begin(developer, now);
            await families.AddAsync(family, cancellationToken);
            texts.Add(tokens.Write(family.ToToken($"{developer}")));
        }

        return texts;
    }
}

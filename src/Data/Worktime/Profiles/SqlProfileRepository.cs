using System.Data.Common;
using TraderHub.Core.Worktime.Profiles;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Worktime.Profiles;

internal sealed class SqlProfileRepository(WorktimeDatabase database) : IProfileRepository
{
    private const string Columns = "id, github_username, avatar_url, email, timezone_id";

    public async Task<DeveloperProfile?> FindAsync(long developer, CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT {Columns} FROM users WHERE id = @Developer";

        return await database.ReadAsync(Sql, [SqlParameter.Number("@Developer", developer)], Read, cancellationToken) is [var found] ? found : null;
    }

    public async Task<DeveloperProfile?> SetTimezoneAsync(long developer, string timezoneId, CancellationToken cancellationToken)
    {
        const string Sql = $"UPDATE users SET timezone_id = @TimezoneId WHERE id = @Developer RETURNING {Columns}";

        SqlParameter[] parameters = [SqlParameter.Number("@Developer", developer), SqlParameter.Text("@TimezoneId", timezoneId)];
        return await database.WriteAsync(sql => sql.ReadAsync(Sql, parameters, Read), cancellationToken) is [var changed] ? changed : null;
    }

    private static DeveloperProfile Read(DbDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetNullableString(2), row.GetNullableString(3), row.GetString(4));
}

using TraderHub.Core.Platform;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Worktime.Sessions;

/// <summary>The record of what was changed about sessions after the fact (rule V5).</summary>
internal static class SessionAuditSql
{
    public static Task<int> AddAsync(SqlSession sql, long developer, TimeSession before, TimeSession? after, string action, string now)
    {
        const string Sql = """
            INSERT INTO session_audit
                (user_id, session_id, action, old_status, old_start_time, old_end_time, old_duration_seconds, new_status, new_start_time, new_end_time,
                 new_duration_seconds, created_at)
            VALUES
                (@Developer, @SessionId, @Action, @OldStatus, @OldStartTime, @OldEndTime, @OldDuration, @NewStatus, @NewStartTime, @NewEndTime, @NewDuration, @Now)
            """;

        return sql.WriteAsync(
            Sql,
            [
                SqlParameter.Number("@Developer", developer),
                SqlParameter.Number("@SessionId", before.Id),
                SqlParameter.Text("@Action", action),
                SqlParameter.Text("@OldStatus", before.Status.ToText()),
                SqlParameter.Text("@OldStartTime", before.StartTime.ToIso()),
                SqlParameter.Text("@OldEndTime", before.EndTime?.ToIso()),
                SqlParameter.Number("@OldDuration", before.DurationSeconds),
                SqlParameter.Text("@NewStatus", after?.Status.ToText()),
                SqlParameter.Text("@NewStartTime", after?.StartTime.ToIso()),
                SqlParameter.Text("@NewEndTime", after?.EndTime?.ToIso()),
                SqlParameter.Number("@NewDuration", after?.DurationSeconds),
                SqlParameter.Text("@Now", now),
            ]);
    }
}

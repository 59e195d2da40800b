using System.Diagnostics;

namespace TraderHub.Data.Sql.Sqlite;

/// <summary>
/// How long a lock that another process holds is waited for. The time counts from when the work came, not from its turn at the writer: with a queue of twenty the
/// last would otherwise wait twenty times as long.
/// </summary>
internal readonly record struct LockWait(long Since)
{
    public const int Seconds = 5;

    public bool IsOver => Stopwatch.GetElapsedTime(Since).TotalSeconds > Seconds;

    public static LockWait Begin() => new(Stopwatch.GetTimestamp());
}

using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime;

namespace TraderHub.Functions.Worktime;

/// <summary>What fields of the worktime module must be.</summary>
internal static class WorktimeChecks
{
    /// <summary>The most pieces of a batch.</summary>
    public const int LargestBatch = 100;

    /// <summary>A month: no session is longer.</summary>
    private const long LongestSeconds = 31 * 24 * 3600;

    /// <summary>The time of a text; null when there is none, or it is noted as none.</summary>
    public static Instant? Time(string? text, string field, FieldErrors errors)
    {
        if (text is null)
        {
            return null;
        }

        var time = IsoTimes.ParseTime(text)?.Instant;
        errors.Require(time is not null, field, "must be a time such as 2026-11-21T09:30:00Z, in UTC or with its offset.");
        return time;
    }

    public static void DurationSeconds(long? seconds, FieldErrors errors) =>
        errors.Require(seconds is null or (>= 0 and <= LongestSeconds), "duration_seconds", $"must be a whole number from 0 to {LongestSeconds}.");

    public static void ClientId(string? id, FieldErrors errors) => errors.Require(id is null || ClientIds.IsOne(id), "client_id", ClientIds.Problem);

    public static void BatchSize(int count, string field, FieldErrors errors) =>
        errors.Require(count is > 0 and <= LargestBatch, field, $"must have 1 to {LargestBatch} entries.");
}

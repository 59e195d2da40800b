using System.Text.Json.Serialization;

namespace TraderHub.Functions.Worktime;

/// <summary>Reads and writes the shapes of developers' time, in the documented snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StartSessionBody))]
[JsonSerializable(typeof(EndSessionBody))]
[JsonSerializable(typeof(CorrectSessionBody))]
[JsonSerializable(typeof(SessionBatchBody))]
[JsonSerializable(typeof(UncheckedBatchBody))]
[JsonSerializable(typeof(QueuedSessionBody))]
[JsonSerializable(typeof(StartedSessionAnswer))]
[JsonSerializable(typeof(EndedSessionAnswer))]
[JsonSerializable(typeof(SessionsAnswer))]
[JsonSerializable(typeof(ActiveSessionsAnswer))]
[JsonSerializable(typeof(HeartbeatAnswer))]
[JsonSerializable(typeof(SessionBatchAnswer))]
[JsonSerializable(typeof(DailyStatsAnswer))]
[JsonSerializable(typeof(WeeklyStatsAnswer))]
[JsonSerializable(typeof(RepoStatsAnswer))]
[JsonSerializable(typeof(StatsSummaryAnswer))]
[JsonSerializable(typeof(StatsMatrixAnswer))]
[JsonSerializable(typeof(NewActivityBody))]
[JsonSerializable(typeof(ActivityBatchBody))]
[JsonSerializable(typeof(ActivityAnswer))]
[JsonSerializable(typeof(ActivityBatchAnswer))]
[JsonSerializable(typeof(ActivitiesAnswer))]
[JsonSerializable(typeof(ActivityStatsAnswer))]
[JsonSerializable(typeof(ChangeProfileBody))]
[JsonSerializable(typeof(ProfileAnswer))]
internal sealed partial class WorktimeJson : JsonSerializerContext;

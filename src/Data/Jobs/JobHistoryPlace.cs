using NodaTime.Text;
using TraderHub.Core.Jobs;
using TraderHub.Core.Platform;

namespace TraderHub.Data.Jobs;

/// <summary>A place in the history as the columns hold it, whose texts sort as the times do.</summary>
internal sealed record JobHistoryPlace(string Date, string Time, long Id)
{
    public static JobHistoryPlace? Of(JobHistoryKey? key) =>
        key is { } place ? new(place.Date.ToIso(), place.ExecutedAt.ToIso(), place.Id) : null;

    public static JobHistoryPlace Of(JobRecord job) => new(job.ExecutionDate, job.ExecutedAt, job.Id);

    public JobHistoryKey ToKey() => new(LocalDatePattern.Iso.Parse(Date).GetValueOrThrow(), Clock.IsoPattern.Parse(Time).GetValueOrThrow(), Id);

    public int CompareTo(JobHistoryPlace other)
    {
        var byDate = string.CompareOrdinal(Date, other.Date);
        var byTime = byDate == 0 ? string.CompareOrdinal(Time, other.Time) : byDate;
        return byTime == 0 ? Id.CompareTo(other.Id) : byTime;
    }
}

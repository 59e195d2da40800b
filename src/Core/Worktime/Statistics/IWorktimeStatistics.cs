using NodaTime;

namespace TraderHub.Core.Worktime.Statistics;

/// <summary>What a developer's reviews come to.</summary>
public interface IWorktimeStatistics
{
    /// <summary>The totals of the days [from, to), by repository, in the order of the days.</summary>
    Task<IReadOnlyList<DayTotal>> ListAsync(long developer, LocalDate from, LocalDate to, CancellationToken cancellationToken);

    /// <summary>What all sessions in a repository come to: how many seconds, and how many sessions.</summary>
    Task<(long Seconds, long Sessions)> SumRepoAsync(long developer, string owner, string name, CancellationToken cancellationToken);

    /// <summary>The completed sessions that are counted on some of the days [from, to), and perhaps some beside them.</summary>
    Task<IReadOnlyList<CountedSession>> ListSessionsAsync(long developer, LocalDate from, LocalDate to, CancellationToken cancellationToken);

    /// <summary>Developers in the order of their ids, after one of them.</summary>
    Task<IReadOnlyList<long>> ListDevelopersAsync(long after, int atMost, CancellationToken cancellationToken);

    /// <summary>The days whose stored total is not what the sessions come to; none when all is well.</summary>
    Task<IReadOnlyList<DayDifference>> CompareAsync(long developer, CancellationToken cancellationToken);

    /// <summary>Stores what the sessions come to; the days that differed are returned.</summary>
    Task<IReadOnlyList<DayDifference>> RepairAsync(long developer, CancellationToken cancellationToken);
}

/// <summary>A day's total as it is stored, and as it should be; null where there is none.</summary>
/// <param name="Stored">What is stored.</param>
/// <param name="Computed">What the sessions come to.</param>
public sealed record DayDifference(DayTotal? Stored, DayTotal? Computed);

using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Worktime.Activities;

/// <summary>What developers did in reviews.</summary>
public interface IActivityRepository
{
    /// <summary>Stores activities, all or none; one of a client's name that is there is not stored again. They are returned as they are stored, in their order.</summary>
    Task<Result<IReadOnlyList<ReviewActivity>>> AddAsync(long developer, IReadOnlyList<ReviewActivity> activities, CancellationToken cancellationToken);

    /// <summary>The activities that a query finds, the latest first, and one more than its limit when there are more.</summary>
    Task<IReadOnlyList<ReviewActivity>> ReadAsync(ActivityQuery query, CancellationToken cancellationToken);

    /// <summary>How many activities a query finds, whatever part of them it asks for.</summary>
    Task<long> CountAsync(ActivityQuery query, CancellationToken cancellationToken);

    /// <summary>The days [from, to) with activities, the latest first.</summary>
    Task<IReadOnlyList<ActivityDay>> CountByDayAsync(long developer, LocalDate from, LocalDate to, CancellationToken cancellationToken);
}

using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Worktime;

/// <summary>An instant, or the beginning of a day.</summary>
internal readonly record struct Moment(Instant? Instant, LocalDate? Date)
{
    public const string Problem = "must be an instant in UTC such as 2026-11-21T09:30:00Z, or a date such as 2026-11-21.";

    public static Moment? Parse(string text)
    {
        return IsoTimes.ParseUtc(text) is { } instant ? new(instant, null)
            : IsoTimes.ParseDate(text) is { } date ? new(null, date)
            : null;
    }

    public SessionBound In(IReadOnlyList<string> zones) => Instant is { } instant ? SessionBound.At(instant) : SessionBound.At(Date!.Value, zones);
}

/// <summary>Which sessions a request asks for.</summary>
internal sealed record SessionFilter(SessionStatus? Status, (string Owner, string Name)? Repo, Moment? From, Moment? To)
{
    /// <summary>Whether the zones of the sessions decide what is asked for.</summary>
    private bool NeedsZones => From?.Date is not null || To?.Date is not null;

    public static SessionFilter Read(RequestQuery query) => new(
        query.Word("status", SessionStatuses.Parse, $"must be one of: {string.Join(", ", SessionStatuses.All)}."),
        query.Word("repo", ParseRepo, "must be an owner and a repository such as octo/hub."),
        query.Word("from", Moment.Parse, Moment.Problem),
        query.Word("to", Moment.Parse, Moment.Problem));

    public async Task<SessionQuery> ToQueryAsync(long developer, ITimeSessionHistory history, CancellationToken cancellationToken)
    {
        var zones = NeedsZones ? await history.ListZonesAsync(developer, cancellationToken) : [];
        return new(developer) { Status = Status, Repo = Repo, From = From?.In(zones), To = To?.In(zones) };
    }

    private static (string Owner, string Name)? ParseRepo(string text) =>
        text.Split('/') is [var owner, var name] && PullRequest.IsName(owner) && PullRequest.IsName(name) ? (owner, name) : null;
}

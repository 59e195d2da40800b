using Microsoft.AspNetCore.Http;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Jobs;

/// <summary>Which date's report is asked for: <c>date</c>, else today in the zone <c>tz</c>, else today in New York.</summary>
internal static class ReportQuery
{
    private const string Yesterday = "yesterday";

    /// <summary>The date of a daily report.</summary>
    public static Result<LocalDate> DateOf(HttpRequest request, Instant now) => Read(
        request,
        now,
        (text, today) => text == Yesterday ? today.PlusDays(-1) : ParseDate(text),
        "must be a date such as 2026-11-20, or yesterday.");

    /// <summary>The Sunday of a weekly report: any date of the week will do.</summary>
    public static Result<LocalDate> SundayOf(HttpRequest request, Instant now) => Read(
        request,
        now,
        (text, _) => IsoWeek.Parse(text)?.Sunday ?? ParseDate(text),
        "must be a date such as 2026-11-20, or a week such as 2026-W47.").Match<Result<LocalDate>>(date => IsoWeek.Of(date).Sunday, error => error);

    private static Result<LocalDate> Read(HttpRequest request, Instant now, Func<string, LocalDate, LocalDate?> parse, string problem)
    {
        var query = RequestQuery.Read(request, found => (Date: found.Text("date"), Zone: found.Text("tz")));
        if (query.Error is { } unreadable)
        {
            return unreadable;
        }

        var errors = new FieldErrors();
        var zone = query.Value.Zone is { } id ? UserZone.FromId(id) : null;
        if (query.Value.Zone is not null && zone is null)
        {
            errors.Add("tz", "is not an IANA time zone such as Europe/Berlin.");
        }

        var today = now.InZone(zone?.Zone ?? BusinessDate.NewYork).Date;
        var date = query.Value.Date is { } text ? parse(text, today) : today;
        if (date is null)
        {
            errors.Add("date", problem);
        }

        return errors.IsEmpty ? date!.Value : errors.ToError();
    }

    /// <summary>A date within the years that the calendar is asked for; null when the text is none.</summary>
    public static LocalDate? ParseDate(string text) => IsoTimes.ParseDate(text) is { Year: >= 1900 and < 3000 } date ? date : null;
}

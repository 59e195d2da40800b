using System.Globalization;
using NodaTime;
using NodaTime.Calendars;

namespace TraderHub.Core.Platform;

/// <summary>An ISO week: Monday to Sunday, named by the year of its Thursday.</summary>
/// <param name="Monday">Its first day.</param>
public readonly record struct IsoWeek(LocalDate Monday)
{
    /// <summary>Its last day.</summary>
    public LocalDate Sunday => Monday.PlusDays(6);

    /// <summary>Its last weekday.</summary>
    public LocalDate Friday => Monday.PlusDays(4);

    /// <summary>The week of a date.</summary>
    public static IsoWeek Of(LocalDate date) => new(date.PlusDays(1 - (int)date.DayOfWeek));

    /// <summary>Reads a week such as <c>2026-W47</c>; null when the text is none.</summary>
    public static IsoWeek? Parse(string text)
    {
        var parts = text?.Split("-W") ?? [];
        if (parts is not [{ Length: 4 } yearText, { Length: 2 } weekText]
            || !int.TryParse(yearText, NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || !int.TryParse(weekText, NumberStyles.None, CultureInfo.InvariantCulture, out var week)
            || year is < 1 or > 9998
            || week < 1
            || week > WeekYearRules.Iso.GetWeeksInWeekYear(year))
        {
            return null;
        }

        return new(WeekYearRules.Iso.GetLocalDate(year, week, IsoDayOfWeek.Monday));
    }

    /// <summary>The week's name, which <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{WeekYearRules.Iso.GetWeekYear(Monday):0000}-W{WeekYearRules.Iso.GetWeekOfWeekYear(Monday):00}");
}

using NodaTime;

namespace TraderHub.Core.Jobs.Calendar;

/// <summary>A holiday of the New York exchanges.</summary>
/// <param name="Name">What is celebrated.</param>
/// <param name="Date">The day that the exchanges are closed.</param>
/// <param name="IsObserved">Whether that is another day than the holiday's own.</param>
public sealed record MarketHoliday(string Name, LocalDate Date, bool IsObserved);

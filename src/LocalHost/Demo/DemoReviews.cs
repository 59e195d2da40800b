using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime;
using TraderHub.Core.Worktime.Activities;
using TraderHub.Core.Worktime.Profiles;
using TraderHub.Core.Worktime.Sessions;

namespace TraderHub.LocalHost.Demo;

/// <summary>The demo's last two months of reviews: sessions that were really started and ended, one after the other, with the clock at each moment.</summary>
internal static class DemoReviews
{
    private const int Days = 60;

    private const string Zone = "Europe/Berlin";

    private static readonly string[] Repos = ["backend", "dashboard", "wire"];

    /// <summary>Makes the reviews of the last two months that are not there; a second demo in the same folder makes only what is new.</summary>
    public static async Task MakeAsync(IConfiguration settings, long developer, Instant now, CancellationToken cancellationToken)
    {
        var clock = new PastClock { Now = now };
        await using var services = DemoHistory.Compose(settings, clock);
        await services.GetRequiredService<IProfileRepository>().SetTimezoneAsync(developer, Zone, cancellationToken);
        var zone = UserZone.FromId(Zone)!;
        var today = LocalDay.Containing(now, zone).Date;
        for (var date = today.PlusDays(-Days); date <= today; date = date.PlusDays(1))
        {
            var dice = date.DayOfYear * 7919;
            var opening = LocalDay.Of(date, zone).Start + Duration.FromHours(9);
            for (var number = 0; number < SessionsOn(date); number++)
            {
                var start = opening + Duration.FromMinutes((number * 150) + (dice % 60));
                var end = start + Duration.FromSeconds(600 + ((dice + (number * 104729)) % 5400));
                if (end < now)
                {
                    await ReviewAsync(services, clock, developer, $"demo-{date.ToIso()}-{number}", PullRequestOf(dice + number), (start, end), cancellationToken);
                }
            }
        }
    }

    private static async Task ReviewAsync(
        ServiceProvider services, PastClock clock, long developer, string name, PullRequest pullRequest, (Instant Start, Instant End) time, CancellationToken cancellationToken)
    {
        clock.Now = time.Start;
        var started = await services.GetRequiredService<StartSession>().ExecuteAsync(developer, pullRequest, name, null, cancellationToken);
        clock.Now = time.End;
        await services.GetRequiredService<EndSession>().ExecuteAsync(developer, started.Value.Session.Id, new SessionEnd(null, null), cancellationToken);
        var activity = new ReviewActivity(0, ActivityTypes.All[(int)(pullRequest.Number % ActivityTypes.All.Count)], pullRequest, time.End)
        {
            SessionId = started.Value.Session.Id,
            ClientId = name,
        };
        await services.GetRequiredService<IActivityRepository>().AddAsync(developer, [activity], cancellationToken);
    }

    /// <summary>Sundays are free, and two Saturdays of three.</summary>
    private static int SessionsOn(LocalDate date) => date.DayOfWeek switch
    {
        IsoDayOfWeek.Sunday => 0,
        IsoDayOfWeek.Saturday => date.DayOfYear % 3 == 0 ? 1 : 0,
        _ => 1 + (date.DayOfYear * 31 % 3),
    };

    private static PullRequest PullRequestOf(int dice) => new("octo", Repos[dice % Repos.Length], 1 + (dice % 40));
}

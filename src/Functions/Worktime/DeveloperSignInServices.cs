using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Core.Worktime.SignIn;
using TraderHub.Core.Worktime.Webhooks;
using TraderHub.Data;
using TraderHub.Data.Platform;

namespace TraderHub.Functions.Worktime;

internal static class DeveloperSignInServices
{
    public static void AddDeveloperSignIn(this IServiceCollection services, SettingsReader settings)
    {
        services.TryAddSingleton<EndSession>();
        services
            .AddDeveloperSignInData(settings)
            .AddSingleton<IdentifyDeveloper>()
            .AddSingleton<BeginGitHubSignIn>()
            .AddSingleton<FinishGitHubSignIn>()
            .AddSingleton<SignInDeveloper>()
            .AddSingleton<RefreshDeveloperToken>()
            .AddSingleton<SignOutDeveloper>()
            .AddSingleton<EndReviews>()
            .AddSingleton<GitHubSignInSite>();
    }
}

using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TraderHub.Functions.Trading;

namespace TraderHub.Functions.Pages;

internal static class PagesServices
{
    public static void AddPages(this IServiceCollection services)
    {
        services.AddAntiforgery();
        services.AddOptions<AntiforgeryOptions>().Configure<SignInOptions>((options, site) =>
        {
            options.Cookie = new FormCookie(site);
            options.FormFieldName = PageForms.TokenField;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddSingleton<IAntiforgeryAdditionalDataProvider, FormSession>();
        services.AddSingleton<PageForms>();
        services.AddSingleton<PageRenderer>();
        services.TryAddSingleton(DemoHint.None);
    }
}

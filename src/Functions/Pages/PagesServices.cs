using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using TraderHub.Data.Operations;
using TraderHub.Functions.Trading;

namespace TraderHub.Functions.Pages;

internal static class PagesServices
{
    public static void AddPages(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("TraderHub");
        services.AddOptions<KeyManagementOptions>().Configure<SqlDataProtectionKeys>((options, keys) => options.XmlRepository = keys);

        // It warns at each start that the keys are stored as they are; SqlDataProtectionKeys says why they may be.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
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

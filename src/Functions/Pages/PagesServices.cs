using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using TraderHub.Data.Operations;
using TraderHub.Data.Platform;
using TraderHub.Functions.Operations;
using TraderHub.Functions.Trading;

namespace TraderHub.Functions.Pages;

internal static class PagesServices
{
    public static void AddPages(this IServiceCollection services, SettingsReader settings)
    {
        var protection = KeyProtection.Read(settings);
        services.AddSingleton(protection);
        services.AddHostedService<KeyProtectionNotice>();
        var dataProtection = services.AddDataProtection().SetApplicationName("TraderHub");
        if (protection.Certificate is { } certificate)
        {
            dataProtection.UnprotectKeysWithAnyCertificate(certificate);
        }

        services.AddOptions<KeyManagementOptions>().Configure<SqlDataProtectionKeys>((options, keys) =>
        {
            options.XmlRepository = keys;
            options.XmlEncryptor = protection.Encryptor;
        });

        // It warns at each start of keys that are stored as they are; KeyProtectionNotice says what to do.
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

using Microsoft.Extensions.DependencyInjection;

namespace TraderHub.Functions.Documentation;

internal static class DocumentationServices
{
    public static void AddDocumentation(this IServiceCollection services) => services.AddSingleton<ApiDocument>();
}

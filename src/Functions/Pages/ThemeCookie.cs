using Microsoft.AspNetCore.Http;
using TraderHub.Web.Layout;

namespace TraderHub.Functions.Pages;

/// <summary>The light that a browser's visitor has chosen. In a cookie, so that the first paint has it.</summary>
internal static class ThemeCookie
{
    private const string Name = "theme";

    private static readonly TimeSpan OneYear = TimeSpan.FromDays(365);

    public static string Read(HttpRequest request) => Themes.All.FirstOrDefault(theme => theme == request.Cookies[Name]) ?? Themes.Auto;

    public static void Set(HttpResponse response, string theme, bool isSecure) => response.Cookies.Append(
        Name, theme, new CookieOptions { Path = "/", MaxAge = OneYear, SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = isSecure });
}

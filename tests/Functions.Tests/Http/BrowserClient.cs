using System.Net;
using System.Text.RegularExpressions;

namespace TraderHub.Functions.Tests.Http;

/// <summary>A browser without JavaScript: it keeps cookies, asks for pages, and sends the forms that are on them.</summary>
internal sealed partial class BrowserClient : IDisposable
{
    private readonly HttpClient http;
    private readonly CookieContainer cookies = new();

    public BrowserClient(TestHost host)
    {
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = host.Http.BaseAddress };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
    }

    /// <summary>The cookies that it sends.</summary>
    public IReadOnlyDictionary<string, string> Cookies => cookies.GetCookies(http.BaseAddress!).ToDictionary(cookie => cookie.Name, cookie => cookie.Value);

    /// <summary>Keeps a session as if it had signed in.</summary>
    public void SetSession(string token) => cookies.Add(http.BaseAddress!, new Cookie("hyper-trader-session", token));

    public Task<HttpResponseMessage> GetAsync(string path) => http.GetAsync(path);

    /// <summary>The text of a page that is there.</summary>
    public async Task<string> ReadAsync(string path)
    {
        var response = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Sends a form of a page, with the token that the page has.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string page, string action, params (string Name, string Value)[] fields) =>
        await PostAsync(action, [("form-token", TokenOf(await ReadAsync(page))), .. fields]);

    /// <summary>Sends fields as they are.</summary>
    public Task<HttpResponseMessage> PostAsync(string action, params (string Name, string Value)[] fields) =>
        http.PostAsync(action, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    /// <summary>The token of the forms on a page.</summary>
    public static string TokenOf(string page) => Token().Match(page).Groups["value"].Value;

    public void Dispose() => http.Dispose();

    [GeneratedRegex("name=\"form-token\" value=\"(?<value>[^\"]+)\"")]
    private static partial Regex Token();
}

using System.Net.Http.Headers;
using System.Text.Json;

namespace TraderHub.Worker.Tests;

/// <summary>Writes requests and reads answers.</summary>
internal static class Requests
{
    public static HttpRequestMessage Get(string path, params (string Name, string Value)[] headers) => Create(HttpMethod.Get, path, content: null, headers);

    public static HttpRequestMessage PostJson(string path, string body, params (string Name, string Value)[] headers) =>
        Create(HttpMethod.Post, path, new StringContent(body, new MediaTypeHeaderValue("application/json")), headers);

    public static HttpRequestMessage Create(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return request;
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    /// <summary>The code of a problem.</summary>
    public static async Task<string> ProblemCodeAsync(this HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return (await response.JsonAsync()).GetProperty("code").GetString()!;
    }
}

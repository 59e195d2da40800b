using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using TraderHub.Functions.Documentation;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Tests.Documentation;

public sealed partial class ApiDocsTests : IAsyncLifetime
{
    private TestHost host = null!;
    private HttpResponseMessage response = null!;
    private string page = null!;

    public async Task InitializeAsync()
    {
        host = await TestHost.StartAsync();
        response = await host.Http.GetAsync("/api/docs");
        page = await response.Content.ReadAsStringAsync();
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public void ThePolicy_AllowsExactlyThePagesOwnStyle()
    {
        var style = Style().Match(page).Groups["css"].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));

        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(
            $"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
    }

    [Fact]
    public void ThePage_HasNoScriptNoInlineStyleAndNothingToFetch() => Assert.DoesNotMatch("<script|<link|<img| src=|style=| on[a-z]+=|url\\(", page);

    [Fact]
    public void ThePage_ShowsEveryFunctionAndEveryShape_AndEveryLinkWithinItLeadsSomewhere()
    {
        var ids = Id().Matches(page).Select(id => id.Groups["id"].Value).ToList();

        Assert.Distinct(ids);
        Assert.All(FunctionCatalog.OfTraderHub().Http.Where(function => function.Name != "ZzUnknownRoute"), function => Assert.Contains(function.Name, ids));
        Assert.All(Anchor().Matches(page), link => Assert.Contains(link.Groups["id"].Value, ids));
    }

    [Fact]
    public void ThePage_IsWellFormed()
    {
        var html = XDocument.Parse(VoidElement().Replace(page.Replace("<!DOCTYPE html>", string.Empty, StringComparison.Ordinal), "$1/>"));

        Assert.Equal(["header", "nav", "main"], html.Root!.Element("body")!.Elements().Skip(1).Select(element => element.Name.LocalName));
        Assert.Single(html.Descendants("h1"));
        Assert.All(html.Descendants("table"), table => Assert.All(table.Descendants("tr"), row => Assert.NotNull(row.Element("th")?.Attribute("scope"))));
    }

    [Fact]
    public void Html_EncodesWhatIsFilledIn() => Assert.Equal(
        "<p>&lt;b&gt; <code>&lt;i&gt;</code> <code>A_<wbr>B</code></p>",
        Html.Of($"<p>{"<b>"} {Html.Prose("`<i>`")} {Html.Code("A_B")}</p>").ToString());

    [GeneratedRegex("<style>(?<css>.*)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("id=\"(?<id>[^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex("href=\"#(?<id>[^\"]+)\"")]
    private static partial Regex Anchor();

    [GeneratedRegex("(<(?:meta|br|wbr)[^>]*)>")]
    private static partial Regex VoidElement();
}

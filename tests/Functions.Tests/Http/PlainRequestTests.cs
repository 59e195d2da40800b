using System.Net;
using System.Net.Sockets;
using System.Text;
using TraderHub.Functions.Tests.Jobs;

namespace TraderHub.Functions.Tests.Http;

/// <summary>What is no plain text is refused by name, wherever it stands, and before any store sees it.</summary>
public sealed class PlainRequestTests : IAsyncLifetime
{
    private const string Job = """{"job_type":"analysis","execution_date":"2026-11-20","status":"success"MORE}""";

    private TestHost host = null!;

    public async Task InitializeAsync() => host = await JobsHost.StartAsync();

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Theory]
    [Trait("Case", "T1")]
    [InlineData("/api/v1/jobs/history?q=%00", "q")]
    [InlineData("/api/v1/jobs/history?q=a%0Ab", "q")]
    [InlineData("/api/v1/jobs/history?q=%1b", "q")]
    [InlineData("/api/v1/jobs/history?q=%C2%85", "q")]
    [InlineData("/api/v1/jobs/history?symbol=A%00", "symbol")]
    [InlineData("/api/v1/jobs/history?type=%00&status=failed", "type")]
    [InlineData("/api/v1/jobs/latest?type=%00", "type")]
    [InlineData("/api/v1/reports/pre-market?tz=Europe/Berlin%00", "tz")]
    [InlineData("/api/v1/jobs/history?q=%FF", "q")]
    [InlineData("/api/v1/jobs/history?q=%ED%A0%80", "q")]
    [InlineData("/api/v1/jobs/history?q%00=a", "q\uFFFD")]
    [InlineData("/api/v1/jobs/1%0A", "id")]
    [InlineData("/api/v1/jobs/1%1F/stages", "id")]
    public async Task Get_WithATextThatIsNotPlain_Is400WithItsName(string path, string field)
    {
        var response = await host.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(field, Assert.Single((await response.JsonAsync()).GetProperty("errors").EnumerateObject()).Name);
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains("Exception", StringComparison.Ordinal));
    }

    [Theory]
    [Trait("Case", "T1")]
    [Trait("Case", "T2")]
    [InlineData(""","results":[{"result_type":"analysis_detail","reasoning":"\u0000"}]""", "results[0].reasoning")]
    [InlineData(""","results":[{"result_type":"analysis_detail","symbol":"A\u0000"}]""", "results[0].symbol")]
    [InlineData(""","results":[{"result_type":"analysis_detail","sentiment":"a\nb"}]""", "results[0].sentiment")]
    [InlineData(""","results":[{"result_type":"analysis_detail","signals":[{"a":["\u0000"]}]}]""", "results[0].signals[0].a[0]")]
    [InlineData(""","results":[{"result_type":"analysis_detail","report_content":{"a":"\u001b"}}]""", "results[0].report_content.a")]
    [InlineData(""","results":[{"result_type":"analysis_detail","html_snapshot":"<p>\u0008</p>"}]""", "results[0].html_snapshot")]
    [InlineData(""","metadata":{"a":"\u0000"}""", "metadata.a")]
    [InlineData(""","metadata":{"a\u0000":1}""", "metadata")]
    [InlineData(""","metadata":{"a":"\ud800"}""", "metadata.a")]
    [InlineData(""","metadata":{"a":"\udc00\ud800"}""", "metadata.a")]
    [InlineData(""","errors":"\ud800" """, "errors")]
    [InlineData(""","errors":["fine","\u0000"]""", "errors[1]")]
    [InlineData(""","a\u0000":1""", "body")]
    [InlineData(""","report_type":"\ud800" """, "report_type")]
    public async Task Post_WithATextThatIsNotPlain_Is400WithItsName(string more, string field)
    {
        var response = await PostAsync(Job.Replace("MORE", more, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(field, Assert.Single((await response.JsonAsync()).GetProperty("errors").EnumerateObject()).Name);
        Assert.Empty(host.Query<long>("SELECT id FROM job_executions", "jobs"));
    }

    [Theory]
    [Trait("Case", "T2")]
    [InlineData(""","a\ud800":1""")]
    [InlineData(""","metadata":{"a":{"b\ud800":1,"c":2}}""")]
    public async Task Post_WithHalfACharacterInAName_Is400(string more) =>
        Assert.Equal("MALFORMED_JSON", await (await PostAsync(Job.Replace("MORE", more, StringComparison.Ordinal))).ProblemCodeAsync());

    [Fact]
    [Trait("Case", "T1")]
    public async Task Post_LinesWhereTheyBelong_AreKept()
    {
        const string More = ""","errors":["one\ntwo"],"metadata":{"a":"\t😀"},"results":[{"result_type":"analysis_detail","reasoning":"first\r\n\tsecond 😀","html_snapshot":"<p>\n</p>"}]""";

        Assert.Equal(HttpStatusCode.Created, (await PostAsync(Job.Replace("MORE", More, StringComparison.Ordinal))).StatusCode);
        Assert.Equal(["first\r\n\tsecond 😀"], host.Query<string>("SELECT reasoning FROM scheduled_job_results", "jobs"));
    }

    [Theory]
    [Trait("Case", "T1")]
    [InlineData("offset=1&name=a%00", "name")]
    [InlineData("offset=1&name=a%0Ab", "name")]
    [InlineData("offset=1&name=%FF", "name")]
    [InlineData("offset=1&na%00me=a", "na\uFFFDme")]
    [InlineData("offset=1&name=%4", "name")]
    public async Task AForm_WithATextThatIsNotPlain_Is400WithItsName(string form, string field)
    {
        using var content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");

        var response = await host.Http.PostAsync("/api/timezone", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(field, Assert.Single((await response.JsonAsync()).GetProperty("errors").EnumerateObject()).Name);
    }

    [Theory]
    [Trait("Case", "T1")]
    [InlineData(64, HttpStatusCode.OK)]
    [InlineData(65, HttpStatusCode.BadRequest)]
    public async Task ALength_IsCountedInCodePoints(int characters, HttpStatusCode status)
    {
        var name = string.Concat(Enumerable.Repeat("😀", characters));

        Assert.Equal(status, (await host.SendAsync(HttpMethod.Post, "/api/timezone", $$"""{"offset":1,"name":"{{name}}"}""")).StatusCode);
    }

    [Theory]
    [Trait("Case", "T1")]
    [InlineData("/api/stats/repo/%FF/hub")]
    [InlineData("/api/v1/jobs/%E0%80/stages")]
    [InlineData("/api/v1/jobs/%/stages")]
    [InlineData("/api/v1/jobs/history?q=%")]
    [InlineData("/api/v1/jobs/history?q=%zz")]
    public async Task ATarget_ThatIsNoUtf8_IsRefused(string path)
    {
        // The client would spell it anew.
        using var client = new TcpClient();
        await client.ConnectAsync(host.Http.BaseAddress!.Host, host.Http.BaseAddress.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        var answer = await new StreamReader(stream).ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("VALIDATION_FAILED", answer, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> PostAsync(string body) => host.SendAsync(HttpMethod.Post, "/api/v1/jobs", body, JobsHost.Writer);
}

using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Functions.Http;
using TraderHub.Functions.Tests.Jobs;

namespace TraderHub.Functions.Tests.Http;

/// <summary>One rule for the shapes of requests, on every route.</summary>
public sealed class RequestShapeTests : IAsyncLifetime
{
    private const string Job = """{"job_type":"analysis","execution_date":"2026-11-20","status":"success"}""";

    private TestHost host = null!;

    public async Task InitializeAsync() => host = await JobsHost.StartAsync();

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Theory]
    [Trait("Case", "T3")]
    [InlineData("""{"job_type":"analysis","execution_date":"2026-11-20","status":"success",MORE}""", """ "fNUMBER":1""")]
    [InlineData("""{"job_type":"analysis","execution_date":"2026-11-20","status":"success","results":[MORE]}""", "7")]
    [InlineData("""{"job_type":"analysis","execution_date":"2026-11-20","status":"success","metadata":{MORE}}""", """ "fNUMBER":"\u0000" """)]
    public async Task ABody_WithAHundredThousandProblems_IsToldOfTwenty(string body, string piece)
    {
        var pieces = Enumerable.Range(0, 900_000 / (piece.Length + 6)).Select(number => piece.Replace("NUMBER", $"{number:00000}", StringComparison.Ordinal));
        var watch = Stopwatch.StartNew();

        var response = await host.SendAsync(HttpMethod.Post, "/api/v1/jobs", body.Replace("MORE", string.Join(',', pieces), StringComparison.Ordinal), JobsHost.Writer);

        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(20, (await response.JsonAsync()).GetProperty("errors").EnumerateObject().Sum(field => field.Value.GetArrayLength()));
        Assert.Contains("and more", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 1, 16_000);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    [Trait("Case", "T3")]
    public async Task AStranger_SendsAFewKilobytes_AndNobodyMoreThanTheLimitOfTheRoute()
    {
        var functions = host.Services.GetRequiredService<FunctionCatalog>().Http.Where(function => function.Method.IsDefined(typeof(AcceptsAttribute)));
        foreach (var function in functions.Where(function => function.Caller == Caller.Anybody && !function.IsPage))
        {
            var response = await host.SendAsync(HttpMethod.Post, $"/{function.Route}", new string(' ', 17 * 1024));
            if (response.StatusCode == HttpStatusCode.Forbidden)
            {
                // Closed here, whatever is sent.
                continue;
            }

            Assert.True(response.StatusCode == HttpStatusCode.RequestEntityTooLarge, $"{function.Name} answered {(int)response.StatusCode}");
            Assert.Contains("16 KiB", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await host.SendAsync(HttpMethod.Post, "/api/v1/jobs", new string(' ', (1024 * 1024) + 1), JobsHost.Writer)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.SendAsync(HttpMethod.Post, "/api/v1/jobs", new string(' ', 2 * 1024 * 1024))).StatusCode);
    }

    [Fact]
    [Trait("Case", "T6")]
    public async Task AByteOrderMark_IsNoPartOfTheJson()
    {
        using var content = new ByteArrayContent([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Job)]);
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/jobs") { Content = content, Headers = { { "X-API-Key", JobsHost.WriteKey } } };

        Assert.Equal(HttpStatusCode.Created, (await host.Http.SendAsync(request)).StatusCode);
    }

    [Theory]
    [Trait("Case", "T6")]
    [InlineData("gzip", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("br", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("identity", HttpStatusCode.BadRequest)]
    public async Task ACompressedBody_Is415(string coding, HttpStatusCode status)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes("""{"offset":1}"""));
        }

        using var content = new ByteArrayContent(buffer.ToArray());
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentEncoding.Add(coding);

        Assert.Equal(status, (await host.Http.PostAsync("/api/timezone", content)).StatusCode);
    }

    [Theory]
    [Trait("Case", "T6")]
    [InlineData("//api//balance")]
    [InlineData("/api//balance")]
    [InlineData("//")]
    [InlineData("///api/time")]
    [InlineData("/api/time//")]
    [InlineData("/api/nothing")]
    [InlineData("/api/%20")]
    [InlineData("/%5C%5Cserver")]
    public async Task AnUnknownPath_HasTheProblemOfEveryOther(string path)
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Options })
        {
            using var request = new HttpRequestMessage(method, new Uri($"{host.Http.BaseAddress!.GetLeftPart(UriPartial.Authority)}{path}"));
            var response = await host.Http.SendAsync(request);

            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Equal("ROUTE_NOT_FOUND", await response.ProblemCodeAsync());
        }
    }

    [Fact]
    [Trait("Case", "T6")]
    public async Task AnUnknownParameter_IsRefusedOnEveryRouteOfPrograms_AndIgnoredWherePeopleAreSentTo()
    {
        foreach (var function in host.Services.GetRequiredService<FunctionCatalog>().Http.Where(function => function.Name != nameof(UnknownRouteFunctions.ZzUnknownRoute)))
        {
            var method = function.Methods[0];
            var path = function.Route.Split('/').Select(part => part.StartsWith('{') ? SampleOf(part) : part);
            var response = await host.SendAsync(new HttpMethod(method), $"/{string.Join('/', path)}?utm_source=x", headers: ("Authorization", $"Bearer {TestHost.AdminToken}"));

            var isNamed = (await response.Content.ReadAsStringAsync()).Contains("\"utm_source\":", StringComparison.Ordinal);
            Assert.True(isNamed == !function.IsVisited || response.StatusCode == HttpStatusCode.Forbidden, $"{method} {function.Route} answered {(int)response.StatusCode}");
        }
    }

    [Theory]
    [Trait("Case", "T6")]
    [InlineData("1e-30", false)]
    [InlineData("0.000000001", false)]
    [InlineData("1.00000000000000000000000000000001", false)]
    [InlineData("1e20", false)]
    [InlineData("1e-8", true)]
    [InlineData("2.50", true)]
    [InlineData("2.5000000000000000000", true)]
    [InlineData("25e-1", true)]
    [InlineData("0e-400", true)]
    public async Task ADecimal_HasSensibleDigits(string number, bool isTaken)
    {
        var token = await host.SignInAsync(TestHost.Trader);

        var response = await host.SendAsync(HttpMethod.Patch, "/api/settings", $$$"""{"dailyTarget":{"targetPercentage":{{{number}}}}}""", ("Authorization", $"Bearer {token}"));

        Assert.Equal(isTaken ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True(isTaken || (await response.JsonAsync()).GetProperty("errors").TryGetProperty("dailyTarget.targetPercentage", out _));
    }

    [Theory]
    [Trait("Case", "T6")]
    [InlineData("1.0", true)]
    [InlineData("1e0", true)]
    [InlineData("10e-1", true)]
    [InlineData("1.5", false)]
    [InlineData("1e-1", false)]
    [InlineData("1e12", false)]
    public async Task AWholeNumber_IsReadHoweverItIsWritten(string number, bool isTaken)
    {
        var token = await host.SignInAsync(TestHost.Trader);

        var response = await host.SendAsync(HttpMethod.Patch, "/api/settings", $$$"""{"dailyTarget":{"minimumTrades":{{{number}}}}}""", ("Authorization", $"Bearer {token}"));

        Assert.Equal(isTaken ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True(!isTaken || (await response.JsonAsync()).GetProperty("dailyTarget").GetProperty("minimumTrades").GetRawText() == "1");
    }

    [Theory]
    [Trait("Case", "T7")]
    [InlineData("offset=5,5")]
    [InlineData("offset=1,000")]
    [InlineData("offset=%2B5.5.")]
    public async Task ANumberOfAForm_HasTheFormOfJson(string form)
    {
        using var content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");

        Assert.Equal(HttpStatusCode.BadRequest, (await host.Http.PostAsync("/api/timezone", content)).StatusCode);
    }

    [Fact]
    [Trait("Case", "T7")]
    public async Task AChange_WithoutABody_ChangesNothing_AndAReplacementNeedsOne()
    {
        var token = await host.SignInAsync(TestHost.Trader);
        var bearer = ("Authorization", $"Bearer {token}");

        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(HttpMethod.Patch, "/api/settings", null, bearer)).StatusCode);
        Assert.Equal("BODY_MISSING", await (await host.SendAsync(HttpMethod.Put, "/api/settings", null, bearer)).ProblemCodeAsync());
    }

    [Theory]
    [Trait("Case", "D5")]
    [InlineData("/api/v1/jobs/history?from=-0001-01-01", "from")]
    [InlineData("/api/v1/jobs/history?from=2026-1-1&to=0000-01-01", "from,to")]
    [InlineData("/api/v1/jobs/history?to=%2B002026-01-01", "to")]
    [InlineData("/api/v1/jobs/history?to=2026-02-30", "to")]
    [InlineData("/api/v1/reports/pre-market?date=-2026-11-20", "date")]
    [InlineData("/api/v1/reports/weekly?date=0000-W01", "date")]
    [InlineData("/api/trading-status?at=2026-11-21T24:00:00Z", "at")]
    [InlineData("/api/trading-status?at=2026-11-21T23:59:60Z", "at")]
    public async Task ADate_OfAnotherForm_IsRefusedByName(string path, string fields)
    {
        var response = await host.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(fields, string.Join(',', (await response.JsonAsync()).GetProperty("errors").EnumerateObject().Select(field => field.Name)));
    }

    [Theory]
    [Trait("Case", "D4")]
    [InlineData("2026-11-21", HttpStatusCode.Created)]
    [InlineData("1987-10-19", HttpStatusCode.Created)]
    [InlineData("2026-11-22", HttpStatusCode.BadRequest)]
    [InlineData("9999-12-31", HttpStatusCode.BadRequest)]
    [InlineData("9998-12-31", HttpStatusCode.BadRequest)]
    [InlineData("0001-01-01", HttpStatusCode.BadRequest)]
    public async Task AnExecution_IsOfNoDateBeyondTomorrow(string date, HttpStatusCode status)
    {
        var response = await host.SendAsync(HttpMethod.Post, "/api/v1/jobs", Job.Replace("2026-11-20", date, StringComparison.Ordinal), JobsHost.Writer);

        Assert.Equal(status, response.StatusCode);
        Assert.True(status == HttpStatusCode.Created || (await response.JsonAsync()).GetProperty("errors").TryGetProperty("execution_date", out _));
    }

    [Fact]
    [Trait("Case", "D4")]
    public async Task Latest_IsNoneOfADateBeyondTomorrow_WhateverAnotherSystemHasStored()
    {
        await host.SendAsync(HttpMethod.Post, "/api/v1/jobs", Job, JobsHost.Writer);
        host.Execute("INSERT INTO job_executions (job_type, status, executed_at, execution_date) VALUES ('analysis', 'success', '2026-11-20T12:00:00.000Z', '9999-12-31')", "jobs");

        Assert.Equal("2026-11-20", (await host.GetJsonAsync("/api/v1/jobs/latest")).GetProperty("job").GetProperty("execution_date").GetString());
    }

    private static string SampleOf(string parameter) =>
        parameter.Contains("group", StringComparison.Ordinal) ? "jobs"
        : parameter.Contains("action", StringComparison.Ordinal) ? "verify"
        : parameter.Contains("ignored", StringComparison.Ordinal) ? string.Empty
        : "1";
}

using System.Net;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Tests.Http;

public sealed partial class RequestBodyTests : IAsyncLifetime
{
    private TestHost host = null!;

    public async Task InitializeAsync() =>
        host = await TestHost.StartAsync(new TestHostOptions { FunctionClasses = [typeof(Orders), typeof(UnknownRouteFunctions)] });

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task AGoodBody_IsRead() =>
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("""{"coin":"BTC","size":1.5,"parts":[{"price":1}],"note":null}""")).StatusCode);

    [Fact]
    public async Task SeveralWrongFields_AreAllNamedInOneAnswer()
    {
        var response = await PostAsync("""{"size":"much","parts":[{"price":1},{"price":"x","colour":"red"},7],"cion":"BTC","reduce":1}""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("VALIDATION_FAILED", await response.ProblemCodeAsync());
        var errors = (await response.JsonAsync()).GetProperty("errors");
        Assert.Equal(
            ["cion", "coin", "parts[1].colour", "parts[1].price", "parts[2]", "reduce", "size"], errors.EnumerateObject().Select(field => field.Name));
        Assert.Equal("is required.", errors.GetProperty("coin")[0].GetString());
        Assert.Equal("must be a number.", errors.GetProperty("size")[0].GetString());
        Assert.Equal("must be true or false.", errors.GetProperty("reduce")[0].GetString());
        Assert.Equal("must be an object.", errors.GetProperty("parts[2]")[0].GetString());
        Assert.Contains("coin, size, parts, note, reduce", errors.GetProperty("cion")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "BODY_MISSING")]
    [InlineData("{", "MALFORMED_JSON")]
    [InlineData("""{"coin":"BTC",}""", "MALFORMED_JSON")]
    [InlineData("""{"coin":"BTC"} trailing""", "MALFORMED_JSON")]
    [InlineData("""{"coin":"BTC","coin":"ETH"}""", "MALFORMED_JSON")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "MALFORMED_JSON")]
    [InlineData("null", "VALIDATION_FAILED")]
    [InlineData("[]", "VALIDATION_FAILED")]
    [InlineData("7", "VALIDATION_FAILED")]
    [InlineData("""{"coin":null}""", "VALIDATION_FAILED")]
    [InlineData("""{"coin":"BTC","size":1e400}""", "VALIDATION_FAILED")]
    public async Task ABodyThatIsNoOrder_Is400(string body, string code)
    {
        var response = await PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(code, await response.ProblemCodeAsync());
    }

    [Fact]
    public async Task ABodyThatIsNotUtf8_Is400()
    {
        var content = new ByteArrayContent([(byte)'{', (byte)'"', 0xFF, 0xFE, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        content.Headers.ContentType = new("application/json");

        Assert.Equal(HttpStatusCode.BadRequest, (await host.Http.PostAsync("/orders", content)).StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ABodyOfTwoMegabytes_Is413_WhetherItSaysItsLengthOrNot(bool saysLength)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders")
        {
            Content = new StringContent(new string(' ', 2_000_000), Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = !saysLength;

        var response = await host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("BODY_TOO_LARGE", await response.ProblemCodeAsync());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData(null)]
    public async Task AnotherMediaType_Is415(string? contentType)
    {
        var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.ContentType = contentType is null ? null : System.Net.Http.Headers.MediaTypeHeaderValue.Parse(contentType);

        var response = await host.Http.PostAsync("/orders", content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("UNSUPPORTED_MEDIA_TYPE", await response.ProblemCodeAsync());
    }

    [Theory]
    [InlineData("application/json; charset=latin1", """{"coin":"BTC"}""")]
    [InlineData("application/json; charset=utf-16", """{"coin":"BTC"}""")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-16", "coin=BTC")]
    public async Task AnEncodingThatIsNotUtf8_Is415(string contentType, string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(contentType);

        var response = await host.Http.PostAsync("/orders", content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("UNSUPPORTED_MEDIA_TYPE", await response.ProblemCodeAsync());
    }

    /// <summary>A client's default media type must not make of JSON a form without fields, which says something else.</summary>
    [Theory]
    [Trait("Case", "T6")]
    [InlineData("""{"note":"soon"}""", "body")]
    [InlineData("""{"note":"a=b"}""", """{"note":"a""")]
    [InlineData("""[{"note":"soon"}]""", "body")]
    [InlineData("zz", "body")]
    [InlineData("%7B", "body")]
    [InlineData("=", "body")]
    [InlineData("=soon", "body")]
    [InlineData("note=soon&zz", "body")]
    [InlineData("zz=", "zz")]
    [InlineData("note=&zz=", "zz")]
    [InlineData("&", "body")]
    [InlineData("&&", "body")]
    [InlineData("note=soon&note=later", "note")]
    [InlineData("note=&note=soon", "note")]
    public async Task AFormThatIsNone_OrHasUnknownFields_Is400(string body, string field)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");

        var response = await host.Http.PostAsync("/orders/withdrawal", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(field, Assert.Single((await response.JsonAsync()).GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    [Trait("Case", "T6")]
    public async Task AFormThatIsNotUtf8_Is400()
    {
        using var content = new ByteArrayContent([.. "note=caf"u8, 0xE9]);
        content.Headers.ContentType = new("application/x-www-form-urlencoded");

        var response = await host.Http.PostAsync("/orders/withdrawal", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("body", Assert.Single((await response.JsonAsync()).GetProperty("errors").EnumerateObject()).Name);
    }

    [Theory]
    [Trait("Case", "T2")]
    [InlineData("""[{"a\ud800":1,"b":2}]""")]
    [InlineData("""[{"price":1,"\udc00":"\ud800"}]""")]
    [InlineData("""["\ud800"]""")]
    public async Task JsonInAForm_WithHalfOfACharacter_Is400(string parts)
    {
        using var content = new StringContent(
            $"coin=BTC&parts={Uri.EscapeDataString(parts)}", Encoding.UTF8, "application/x-www-form-urlencoded");

        var response = await host.Http.PostAsync("/orders", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("parts", Assert.Single((await response.JsonAsync()).GetProperty("errors").EnumerateObject()).Name);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("application/merge-patch+json")]
    public async Task EveryJsonMediaType_IsRead(string contentType)
    {
        var content = new ByteArrayContent("""{"coin":"BTC"}"""u8.ToArray());
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(contentType);

        Assert.Equal(HttpStatusCode.OK, (await host.Http.PostAsync("/orders", content)).StatusCode);
    }

    [Theory]
    [InlineData(null, null, 204)]
    [InlineData("application/json", "", 204)]
    [InlineData("application/json", """{"note":"soon"}""", 200)]
    [InlineData("application/x-www-form-urlencoded", "note=soon", 200)]
    [InlineData("application/x-www-form-urlencoded", "note=", 204)]
    [InlineData("application/x-www-form-urlencoded", "", 204)]
    [InlineData("application/json", """{"coin":"BTC"}""", 400)]
    [InlineData("text/plain", "soon", 415)]
    public async Task WhereNoFieldIsNeeded_NoBodyIsOneWithoutFields(string? contentType, string? body, int status)
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, contentType!);

        Assert.Equal(status, (int)(await host.Http.PostAsync("/orders/withdrawal", content)).StatusCode);
    }

    private Task<HttpResponseMessage> PostAsync(string body) => host.SendAsync(HttpMethod.Post, "/orders", body);

    public sealed record Order(decimal? Size, IReadOnlyList<Part>? Parts, string? Note, bool? Reduce)
    {
        [JsonPropertyOrder(-1)]
        public required string Coin { get; init; }
    }

    public sealed record Part(decimal Price);

    public sealed record Withdrawal(string? Note = null);

    public sealed class Orders
    {
        [Function("PlaceOrder")]
        [Access(Caller.Anybody)]
        public async Task<IResult> PlaceOrder(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders")] HttpRequest request, CancellationToken cancellationToken)
        {
            var order = await RequestBody.ReadJsonOrFormAsync(request, OrderJson.Default.Order, cancellationToken);
            return order.Match(_ => Results.Ok(), Problems.ToProblem);
        }

        [Function("WithdrawOrders")]
        [Access(Caller.Anybody)]
        public async Task<IResult> WithdrawOrders(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/withdrawal")] HttpRequest request, CancellationToken cancellationToken)
        {
            var withdrawal = await RequestBody.ReadOptionalAsync(request, OrderJson.Default.Withdrawal, cancellationToken);
            return withdrawal.Match(read => read.Note is null ? Results.NoContent() : Results.Ok(), Problems.ToProblem);
        }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
    [JsonSerializable(typeof(Order))]
    [JsonSerializable(typeof(Withdrawal))]
    internal sealed partial class OrderJson : JsonSerializerContext;
}

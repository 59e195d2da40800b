using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using TraderHub.Functions.Documentation;
using TraderHub.Functions.Http;
using TraderHub.Functions.Tests.Http;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Documentation;

public sealed partial class OpenApiTests
{
    private static readonly FunctionCatalog Catalog = FunctionCatalog.OfTraderHub();

    private static readonly FunctionCatalog Samples = FunctionCatalog.Of([typeof(RowFunctions), typeof(EntityTagsTests.Notes)], "");

    private static readonly JsonElement Document = Write(Catalog);

    private static readonly IReadOnlyList<HttpFunction> Documented =
        Catalog.Http.Where(function => function.Name != nameof(UnknownRouteFunctions.ZzUnknownRoute)).ToList();

    [Fact]
    public void EveryFunction_HasAnOperationForEachOfItsMethods() => Assert.Equal(
        Documented.SelectMany(function => function.Methods.Select(method => (method, Function: function.Name))).Order(),
        Operations(Document).Select(operation => (operation.Method, operation.Id.Split('_')[0])).Order());

    [Fact]
    public void EveryOperation_SaysWhatItDoesAndWhatEachAnswerMeans() => Assert.All(Operations(Document), operation =>
    {
        Assert.NotEmpty(operation.Json.GetProperty("summary").GetString()!);
        Assert.NotEmpty(operation.Json.GetProperty("tags")[0].GetString()!);
        Assert.All(operation.Json.GetProperty("responses").EnumerateObject(), response =>
            Assert.NotEmpty(response.Value.GetProperty("description").GetString()!));
    });

    [Fact]
    public void EveryFunctionForASignedInCaller_NamesItsProofAndIts401() => Assert.All(
        Documented.Where(function => function.Caller != Caller.Anybody),
        function =>
        {
            var operation = OperationOf(Document, function.Name);
            Assert.NotEmpty(operation.GetProperty("security").EnumerateArray());
            Assert.Contains("401", Statuses(operation));
        });

    /// <summary>What is done again without harm needs no key: setting a value, a heartbeat, ending what has ended, signing in and out.</summary>
    [Fact]
    [Trait("Case", "C6")]
    public void EveryPostThatCreatesOrBegins_TakesAnIdempotencyKey_AndSoDoesWhateverPromisesIt()
    {
        string[] repeatable =
        [
            "ChangeSettings", "ChooseTheme", "ChooseTimezone", "CreateTelegramLink", "IssueNonce", "NotifyOfDeploy", "ReceiveGitHubEvent", "ReceiveTelegramUpdate",
            "RefreshDeveloperToken",
            "ResumeSession", "SeeSession", "SetTimezone", "SignInDeveloper", "SignInOperator", "SignInTrader", "SignOut", "SignOutDeveloper", "SignOutTrader",
        ];
        var posts = Operations(Document).Where(operation => operation.Method == "POST").Select(operation => (Name: operation.Id.Split('_')[0], operation.Json)).ToList();

        Assert.Equal(repeatable, posts.Where(post => !TakesKey(post.Json)).Select(post => post.Name).Order());
        Assert.All(
            Operations(Document).Where(operation => operation.Json.GetRawText().Contains("WRITE_NOT_ACKNOWLEDGED", StringComparison.Ordinal)),
            operation => Assert.True(TakesKey(operation.Json), operation.Id));
        Assert.Contains(posts, post => post.Json.GetRawText().Contains("WRITE_NOT_ACKNOWLEDGED", StringComparison.Ordinal));
    }

    [Fact]
    public void AFunctionThatKnowsItsCallersAndIsForAnybody_NeedsNoProofAndNamesIt()
    {
        var operation = OperationOf(Document, "SetTimezone");

        Assert.Equal("""[{},{"sessionToken":[]},{"sessionCookie":[]}]""", operation.GetProperty("security").GetRawText());
        Assert.Superset(new HashSet<string> { "401", "403" }, Statuses(operation));
    }

    [Fact]
    public void AChangeByPatch_IsReadAsAMergePatchToo() => Assert.Equal(
        ["application/json", "application/merge-patch+json", "application/x-www-form-urlencoded"],
        OperationOf(Document, "ChangeSettings").GetProperty("requestBody").GetProperty("content").EnumerateObject().Select(type => type.Name));

    [Theory]
    [InlineData("MoveGroup", false)]
    [InlineData("StoreJob", true)]
    public void ABody_SaysWhetherItMayBeLeftOut(string function, bool isRequired) =>
        Assert.Equal(isRequired, OperationOf(Document, function).GetProperty("requestBody").GetProperty("required").GetBoolean());

    [Fact]
    public void EveryOperationWithABody_NamesWhatIsRefused() => Assert.All(
        Operations(Document).Where(operation => operation.Json.TryGetProperty("requestBody", out _)),
        operation => Assert.Superset(new HashSet<string> { "400", "413", "415" }, Statuses(operation.Json)));

    [Fact]
    public void EveryFieldAndShape_SaysWhatItIs() => Assert.All(
        Document.GetProperty("components").GetProperty("schemas").EnumerateObject(),
        schema =>
        {
            Assert.NotEmpty(schema.Value.GetProperty("description").GetString()!);
            Assert.All(schema.Value.GetProperty("properties").EnumerateObject(), field =>
                Assert.NotEmpty(field.Value.GetProperty("description").GetString()!));
        });

    [Fact]
    public void EveryCode_IsOneThatTheCodeAnswers()
    {
        var sources = Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !file.EndsWith("ImpliedFailures.cs", StringComparison.Ordinal));
        var text = string.Concat(sources.Select(File.ReadAllText));

        var codes = Code().Matches(Document.GetRawText()).Select(code => code.Value).Distinct().ToList();

        Assert.Contains("\"VALIDATION_FAILED\"", codes);
        Assert.All(codes, code => Assert.Contains(code, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheDocument_IsValidOpenApi(bool ofSamples)
    {
        var json = Write(ofSamples ? Samples : Catalog).GetRawText();

        var (document, diagnostic) = OpenApiDocument.Parse(json, OpenApiConstants.Json);

        Assert.Empty(diagnostic!.Errors);
        Assert.Empty(diagnostic.Warnings);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, diagnostic.SpecificationVersion);
        Assert.Empty(document!.Validate(ValidationRuleSet.GetDefaultRuleSet()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EveryReference_IsResolved_EveryPathParameterDeclared_EveryIdUnique(bool ofSamples)
    {
        var document = Write(ofSamples ? Samples : Catalog);
        var check = new SchemaCheck(document);

        Assert.All(Reference().Matches(document.GetRawText()), reference => check.Resolve(reference.Groups["path"].Value));
        Assert.All(Operations(document), operation => Assert.Equal(
            PathParameter().Matches(operation.Path).Select(parameter => parameter.Groups["name"].Value), Parameters(operation.Json, "path")));
        Assert.Distinct(Operations(document).Select(operation => operation.Id));
    }

    [Fact]
    public void AListsOperation_HasItsRouteAndPageParameters()
    {
        var operation = OperationOf(Write(Samples), nameof(RowFunctions.ListRowsOfGroup));
        var parameters = operation.GetProperty("parameters").EnumerateArray().ToDictionary(
            parameter => parameter.GetProperty("name").GetString()!, parameter => parameter.GetProperty("schema").GetRawText());

        Assert.Equal("""{"type":"string","pattern":"^(odd|even)$"}""", parameters["group"]);
        Assert.Equal("""{"type":"integer","format":"int64"}""", parameters["id"]);
        Assert.Equal("""{"type":"integer","format":"int32","minimum":1,"maximum":500,"default":50}""", parameters["limit"]);
        Assert.Equal(["colour", "limit", "cursor", "includeTotal"], Parameters(operation, "query"));
        Assert.Superset(new HashSet<string> { "200", "400", "401" }, Statuses(operation));
    }

    [Fact]
    public void AVersionedRead_MayBe304_AndAVersionedChange412()
    {
        var document = Write(Samples);
        var read = OperationOf(document, "ReadNote");
        var change = OperationOf(document, "ChangeNote");

        Assert.Equal(["If-None-Match"], Parameters(read, "header"));
        Assert.Contains("304", Statuses(read));
        Assert.Equal(["If-Match"], Parameters(change, "header"));
        Assert.Superset(new HashSet<string> { "400", "412" }, Statuses(change));
    }

    [Fact]
    public async Task Get_HasAnETag_AndIsNotSentAgainToThoseWhoHaveIt()
    {
        await using var host = await TestHost.StartAsync();
        foreach (var path in new[] { "/api/openapi.json", "/api/docs" })
        {
            var first = await host.Http.GetAsync(path);
            var second = await host.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", first.Headers.ETag!.ToString()));
            var head = await host.SendAsync(HttpMethod.Head, path);

            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
            Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
            Assert.Equal(first.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        }

        Assert.Equal(Document.GetRawText(), await host.Http.GetStringAsync("/api/openapi.json"));
    }

    private static JsonElement Write(FunctionCatalog catalog) => JsonDocument.Parse(new ApiDocument(catalog).Json).RootElement;

    private static IEnumerable<(string Path, string Method, string Id, JsonElement Json)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from method in path.Value.EnumerateObject()
        select (path.Name, method.Name.ToUpperInvariant(), method.Value.GetProperty("operationId").GetString()!, method.Value);

    private static JsonElement OperationOf(JsonElement document, string function) => Operations(document).Single(operation => operation.Id == function).Json;

    private static HashSet<string> Statuses(JsonElement operation) =>
        operation.GetProperty("responses").EnumerateObject().Select(response => response.Name).ToHashSet();

    private static IEnumerable<string> Parameters(JsonElement operation, string place) => operation.TryGetProperty("parameters", out var parameters)
        ? parameters.EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == place).Select(parameter => parameter.GetProperty("name").GetString()!)
        : [];

    private static bool TakesKey(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters)
        && parameters.EnumerateArray().Any(parameter => parameter.GetProperty("name").GetString() == IdempotencyKey.Header);

    [GeneratedRegex("\"[A-Z]+(_[A-Z]+)+\"")]
    private static partial Regex Code();

    [GeneratedRegex("\"\\$ref\":\"(?<path>[^\"]+)\"")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\{(?<name>\w+)\}")]
    private static partial Regex PathParameter();
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Documentation;

/// <summary>The API, described for programs and for people.</summary>
public sealed class DocumentationFunctions(ApiDocument document)
{
    /// <summary>This API as an OpenAPI document.</summary>
    [Function(nameof(GetOpenApi))]
    [Access(Caller.Anybody)]
    [Versioned]
    [Returns(200, "The document.", MediaType = "application/json")]
    public IResult GetOpenApi([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/openapi.json")] HttpRequest request) =>
        document.JsonAnswer;

    /// <summary>This API as a page to read.</summary>
    [Function(nameof(GetApiDocs))]
    [Access(Caller.Anybody)]
    [Visited]
    [Versioned]
    [Returns(200, "The page.", MediaType = "text/html")]
    public IResult GetApiDocs([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/docs")] HttpRequest request) =>
        document.PageAnswer;
}

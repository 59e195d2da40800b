using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Documentation;

/// <summary>The description of the API, for programs and for people: written once, when somebody first asks.</summary>
public sealed class ApiDocument
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lazy<Written> written;

    /// <summary>Describes the functions of a catalog.</summary>
    public ApiDocument(FunctionCatalog catalog) => written = new(() => Write(catalog));

    /// <summary>The OpenAPI document.</summary>
    internal byte[] Json => written.Value.Json;

    /// <summary>The answer that holds the document.</summary>
    internal IResult JsonAnswer => written.Value.JsonAnswer;

    /// <summary>The answer that holds the page.</summary>
    internal IResult PageAnswer => written.Value.PageAnswer;

    private static Written Write(FunctionCatalog catalog)
    {
        var comments = new DocComments();
        var operations = new ApiOperations(comments).Of(catalog);
        var document = new OpenApiWriter(new ContractSchemas(comments)).Write(operations);
        var json = Encoding.UTF8.GetBytes(document.ToJsonString(Readable));
        var page = Encoding.UTF8.GetBytes(ApiPage.Write(operations, document).ToString());
        return new(json, Reply.Kept(new KeptBody(json), Reply.JsonType), Reply.Html(new KeptBody(page), ApiPageStyle.Css));
    }

    private sealed record Written(byte[] Json, IResult JsonAnswer, IResult PageAnswer);
}

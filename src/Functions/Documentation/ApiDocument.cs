using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Documentation;

/// <summary>The description of the API, for programs and for people: written once, when somebody first asks.</summary>
public sealed class ApiDocument
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lazy<(byte[] Json, byte[] Page)> written;

    /// <summary>Describes the functions of a catalog.</summary>
    public ApiDocument(FunctionCatalog catalog) => written = new(() => Write(catalog));

    /// <summary>The OpenAPI document.</summary>
    internal byte[] Json => written.Value.Json;

    /// <summary>The page.</summary>
    internal byte[] Page => written.Value.Page;

    private static (byte[] Json, byte[] Page) Write(FunctionCatalog catalog)
    {
        var comments = new DocComments();
        var operations = new ApiOperations(comments).Of(catalog);
        var document = new OpenApiWriter(new ContractSchemas(comments)).Write(operations);
        return (Encoding.UTF8.GetBytes(document.ToJsonString(Readable)), Encoding.UTF8.GetBytes(ApiPage.Write(operations, document).ToString()));
    }
}

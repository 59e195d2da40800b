using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;
using TraderHub.Web;

namespace TraderHub.Functions.Pages;

/// <summary>The files that pages need.</summary>
public sealed class AssetFunctions
{
    private static readonly Dictionary<string, IResult> ByUrl = WebAsset.All.ToDictionary(
        asset => asset.Url, asset => Reply.ForGood(new KeptBody(asset.Content), asset.ContentType, asset.Version));

    /// <summary>A style sheet, script or image of the pages, under a name that changes with its content.</summary>
    [Function(nameof(GetAsset))]
    [Access(Caller.Anybody)]
    [Visited]
    [Versioned]
    [Returns(200, "The file, to be kept for good.", MediaType = "text/css")]
    [Returns(200, "The file, to be kept for good.", MediaType = "text/javascript")]
    [Returns(200, "The file, to be kept for good.", MediaType = "image/svg+xml")]
    [Fails(404, "There is no such file, or it has another content by now.", "ASSET_NOT_FOUND")]
    public IResult GetAsset(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "assets/{*path}")] HttpRequest request,
        [Description("The file's name with the hash of its content.")] string path) =>
        ByUrl.GetValueOrDefault($"/assets/{path}")
        ?? new Error(ErrorKind.NotFound, "ASSET_NOT_FOUND", $"There is no file '{request.Path}'. Reload the page that named it.").ToProblem();
}

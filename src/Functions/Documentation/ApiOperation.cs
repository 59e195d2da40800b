using System.Text.Json.Nodes;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Documentation;

/// <summary>What a function of the API takes and answers.</summary>
/// <param name="Function">The function.</param>
/// <param name="Path">Its path, with the names of the route's parameters in braces.</param>
/// <param name="Module">The module that it belongs to.</param>
/// <param name="Summary">What it does; null when the code's comments were not deployed.</param>
/// <param name="Parameters">What it reads of the request beside the body.</param>
/// <param name="Body">What the body is; null without one.</param>
/// <param name="Responses">What it answers, by status.</param>
internal sealed record ApiOperation(
    HttpFunction Function,
    string Path,
    string Module,
    string? Summary,
    IReadOnlyList<ApiParameter> Parameters,
    AcceptsAttribute? Body,
    IReadOnlyList<ApiResponse> Responses);

/// <summary>A parameter of an operation.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it means; null when the name says it.</param>
/// <param name="Schema">What its value may be.</param>
/// <param name="IsRequired">Whether a request without it is refused.</param>
internal sealed record ApiParameter(ParameterPlace Place, string Name, string? Description, JsonObject Schema, bool IsRequired);

/// <summary>The answers of one status.</summary>
/// <param name="Status">The status.</param>
/// <param name="Description">When it is given, and what it says.</param>
/// <param name="Contents">The bodies that it may have, one for each media type.</param>
internal sealed record ApiResponse(int Status, string Description, IReadOnlyList<ApiContent> Contents);

/// <summary>A body of an answer.</summary>
/// <param name="MediaType">Its media type.</param>
/// <param name="Contract">Its contract; null when it is none of ours.</param>
/// <param name="Codes">The codes of a problem; empty otherwise.</param>
internal sealed record ApiContent(string MediaType, Type? Contract, IReadOnlyList<string> Codes);

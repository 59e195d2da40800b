using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Documentation;

/// <summary>Reads what functions state about themselves.</summary>
internal sealed class ApiOperations(DocComments comments)
{
    private const string ProblemType = "application/problem+json";

    /// <summary>The functions that are part of the API: those that state what they return.</summary>
    public IReadOnlyList<ApiOperation> Of(FunctionCatalog catalog) =>
        catalog.Http.Where(function => function.Method.IsDefined(typeof(ReturnsAttribute))).Select(Describe).ToList();

    private ApiOperation Describe(HttpFunction function)
    {
        var method = function.Method;
        var route = TemplateParser.Parse(function.Route);
        return new ApiOperation(
            function,
            RouteDescription.PathOf(route),
            Module.Of(method.DeclaringType!),
            comments.Of(method),
            [.. RouteDescription.ParametersOf(route, method), .. Stated(method), .. ImpliedParameters.Of(function)],
            method.GetCustomAttribute<AcceptsAttribute>(),
            Responses(function));
    }

    private static IEnumerable<ApiParameter> Stated(MethodInfo method) => method.GetCustomAttributes<ParameterAttribute>().Select(parameter =>
        new ApiParameter(parameter.Place, parameter.Name, parameter.Description, ScalarSchema.Of(parameter.Type), parameter.Required));

    private static List<ApiResponse> Responses(HttpFunction function)
    {
        var returns = function.Method.GetCustomAttributes<ReturnsAttribute>().Select(answer => new ApiResponse(
            answer.Status, answer.Description, answer.MediaType is { } type ? [new ApiContent(type, answer.Contract, [])] : []));
        var fails = function.Method.GetCustomAttributes<FailsAttribute>().Concat(ImpliedFailures.Of(function))
            .GroupBy(failure => failure.Status)
            .Select(OfStatus);
        return returns.Concat(NotModified(function)).Concat(fails)
            .GroupBy(response => response.Status)
            .Select(same => new ApiResponse(
                same.Key, JoinSentences(same.Select(response => response.Description)), same.SelectMany(response => response.Contents).ToList()))
            .OrderBy(response => response.Status)
            .ToList();
    }

    private static ApiResponse[] NotModified(HttpFunction function) => function.IsRead && function.Method.IsDefined(typeof(VersionedAttribute))
        ? [new ApiResponse(StatusCodes.Status304NotModified, "The caller has the current version.", [])]
        : [];

    private static ApiResponse OfStatus(IGrouping<int, FailsAttribute> failures) => new(
        failures.Key,
        JoinSentences(failures.Select(failure => failure.Description)),
        [new ApiContent(ProblemType, typeof(Problem), failures.SelectMany(failure => failure.Codes).Distinct().Order(StringComparer.Ordinal).ToList())]);

    private static string JoinSentences(IEnumerable<string> sentences) => string.Join(' ', sentences.Distinct());
}

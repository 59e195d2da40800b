using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing.Patterns;
using TraderHub.Functions.Http;

namespace TraderHub.Worker.Tests;

/// <summary>Makes, from a function's route alone, a request that it answers.</summary>
internal static partial class SampleRequest
{
    public static HttpRequestMessage Of(HttpFunction function, string token)
    {
        var method = function.Methods.Count == 0 ? HttpMethod.Get : new HttpMethod(function.Methods[0]);
        var request = new HttpRequestMessage(method, PathOf(function.Route));
        request.Headers.Authorization = new("Bearer", token);
        if (method != HttpMethod.Get && method != HttpMethod.Delete)
        {
            request.Content = new StringContent("{}", mediaType: new("application/json"));
        }

        return request;
    }

    private static string PathOf(string route) =>
        "/" + string.Join('/', RoutePatternFactory.Parse(route).PathSegments.Select(segment => string.Concat(segment.Parts.Select(Fill))));

    private static string Fill(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter => Value(string.Join(' ', parameter.ParameterPolicies.Select(policy => policy.Content))),
        _ => throw new InvalidOperationException($"A part of a route is a {part.GetType().Name}."),
    };

    /// <summary>A value that a parameter's constraints allow.</summary>
    private static string Value(string constraints) => constraints switch
    {
        "maxlength(0)" => string.Empty,
        "long" or "int" => "17",
        _ when FirstChoice().Match(constraints) is { Success: true } choice => choice.Groups[1].Value,
        _ => "a",
    };

    [GeneratedRegex(@"^regex\(\^\((\w+)\|")]
    private static partial Regex FirstChoice();
}

using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;

namespace TraderHub.Functions.Http;

/// <summary>Which function a request is for, and what its path comes to, however it was spelled.</summary>
internal static class RequestRoute
{
    private const string Function = "function";

    /// <summary>Remembers the function that answers a request.</summary>
    public static void SetFunction(this HttpContext http, HttpFunction function) => http.Items[(typeof(RequestRoute), Function)] = function;

    /// <summary>
    /// The path as the function's route spells it, with the request's own values: the same for all paths that routing takes for the same, in either host.
    /// </summary>
    public static string CanonicalPath(this HttpRequest request)
    {
        var function = (HttpFunction)request.HttpContext.Items[(typeof(RequestRoute), Function)]!;
        var segments = function.Template.Segments
            .Select(segment => string.Concat(segment.Parts.Select(part => Spell(part, request))))
            .Where(text => text.Length > 0);
        return $"/{string.Join('/', segments)}";
    }

    private static string Spell(TemplatePart part, HttpRequest request)
    {
        if (part.IsLiteral)
        {
            return part.Text!.ToLowerInvariant();
        }

        var value = Convert.ToString(request.RouteValues[part.Name!], CultureInfo.InvariantCulture) ?? string.Empty;
        return Uri.EscapeDataString(part.InlineConstraints.Aggregate(value, (text, constraint) => Spell(text, constraint.Constraint)));
    }

    /// <summary>A value as its constraint compares it: words without regard to case, numbers and ids by what they are.</summary>
    private static string Spell(string value, string constraint) => constraint.Split('(')[0] switch
    {
        "regex" => value.ToLowerInvariant(),
        "int" or "long" when long.TryParse(value, CultureInfo.InvariantCulture, out var number) => number.ToString(CultureInfo.InvariantCulture),
        "guid" when Guid.TryParse(value, out var id) => id.ToString(),
        _ => value,
    };
}

using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing.Template;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Documentation;

/// <summary>A function's route as the document has it.</summary>
internal static partial class RouteDescription
{
    /// <summary>The path with the names of its parameters. What may be left out of it is left out, for the document knows no such paths.</summary>
    public static string PathOf(RouteTemplate route)
    {
        var segments = route.Segments.Where(segment => !segment.Parts.Any(part => part.IsOptional));
        return $"/{string.Join('/', segments.Select(segment => string.Concat(segment.Parts.Select(TextOf))))}";
    }

    /// <summary>The parameters of a route; the attribute <c>[Description]</c> of the function's parameter says what one means.</summary>
    public static IEnumerable<ApiParameter> ParametersOf(RouteTemplate route, MethodInfo method) => route.Parameters
        .Where(part => !part.IsOptional)
        .Select(part => new ApiParameter(ParameterPlace.Path, part.Name!, DescriptionOf(method, part.Name!), SchemaOf(part), IsRequired: true));

    private static string TextOf(TemplatePart part) => part.IsParameter ? $"{{{part.Name}}}" : part.Text!;

    private static string? DescriptionOf(MethodInfo method, string name) =>
        method.GetParameters().FirstOrDefault(parameter => parameter.Name == name)?.GetCustomAttribute<DescriptionAttribute>()?.Description;

    private static JsonObject SchemaOf(TemplatePart parameter)
    {
        var schema = ScalarSchema.Of(typeof(string));
        foreach (var constraint in parameter.InlineConstraints.Select(inline => Constraint().Match(inline.Constraint)))
        {
            var argument = constraint.Groups["argument"].Value;
            switch (constraint.Groups["name"].Value)
            {
                case "int":
                    schema = ScalarSchema.Of(typeof(int));
                    break;
                case "long":
                    schema = ScalarSchema.Of(typeof(long));
                    break;
                case "guid":
                    schema = ScalarSchema.Of(typeof(Guid));
                    break;
                case "regex":
                    schema["pattern"] = argument;
                    break;
                case "maxlength":
                    schema["maxLength"] = Number(argument);
                    break;
                case "min":
                    schema["minimum"] = Number(argument);
                    break;
                case var other:
                    throw new InvalidOperationException($"There is no schema for the constraint '{other}' of routes; add it to {nameof(RouteDescription)}.");
            }
        }

        return schema;
    }

    private static JsonNode Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<name>\w+)(\((?<argument>.*)\))?$", RegexOptions.Singleline)]
    private static partial Regex Constraint();
}

using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace TraderHub.Functions.Http;

/// <summary>
/// Finds functions by path as the Functions host does: in the order of their names, the first whose template, constraints and methods match. A
/// literal does not win over a parameter; parameters carry constraints that keep routes apart.
/// </summary>
public sealed class FunctionRoutes
{
    private readonly List<Entry> entries;

    /// <summary>Compiles the routes of a catalog.</summary>
    public FunctionRoutes(FunctionCatalog catalog, IInlineConstraintResolver constraints)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        entries = catalog.Http.Select(function => new Entry(function, constraints)).ToList();
    }

    /// <summary>The function that answers a request, with the values of its route's parameters.</summary>
    public bool TryMatch(PathString path, string method, [NotNullWhen(true)] out HttpFunction? function, out RouteValueDictionary values)
    {
        foreach (var entry in entries)
        {
            values = [];
            if (entry.Function.Answers(method) && entry.Matches(path, values))
            {
                function = entry.Function;
                return true;
            }
        }

        function = null;
        values = [];
        return false;
    }

    /// <summary>The methods that the functions of a path answer, in alphabetical order; functions that answer any method do not count.</summary>
    public IReadOnlyList<string> MethodsOf(PathString path) => entries
        .Where(entry => entry.Matches(path, []))
        .SelectMany(entry => entry.Function.Methods)
        .Distinct()
        .Order(StringComparer.Ordinal)
        .ToList();

    private sealed class Entry
    {
        private readonly TemplateMatcher matcher;
        private readonly bool takesEverything;
        private readonly IDictionary<string, IRouteConstraint> constraints;

        public Entry(HttpFunction function, IInlineConstraintResolver resolver)
        {
            Function = function;
            var template = function.Template;
            var defaults = new RouteValueDictionary();
            var builder = new RouteConstraintBuilder(resolver, function.Route);
            foreach (var parameter in template.Parameters)
            {
                Describe(parameter, defaults, builder);
            }

            matcher = new TemplateMatcher(template, defaults);
            takesEverything = template.Segments is [{ IsSimple: true, Parts: [{ IsCatchAll: true, InlineConstraints: var none }] }] && !none.Any();
            constraints = builder.Build();
        }

        public HttpFunction Function { get; }

        // The matcher takes no path with an empty segment, not even for everything; such a path is unknown, and is told so.
        public bool Matches(PathString path, RouteValueDictionary values) =>
            (matcher.TryMatch(path, values) || takesEverything)
            && constraints.All(constraint =>
                constraint.Value.Match(httpContext: null, route: null, constraint.Key, values, RouteDirection.IncomingRequest));

        private static void Describe(TemplatePart parameter, RouteValueDictionary defaults, RouteConstraintBuilder builder)
        {
            if (parameter.DefaultValue is not null)
            {
                defaults[parameter.Name!] = parameter.DefaultValue;
            }

            if (parameter.IsOptional)
            {
                builder.SetOptional(parameter.Name!);
            }

            foreach (var constraint in parameter.InlineConstraints)
            {
                builder.AddResolvedConstraint(parameter.Name!, constraint.Constraint);
            }
        }
    }
}

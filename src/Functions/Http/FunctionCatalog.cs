using System.Reflection;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace TraderHub.Functions.Http;

/// <summary>A function that answers HTTP requests.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Method">The method that runs.</param>
/// <param name="Route">Its route template with the route prefix, without a leading slash.</param>
/// <param name="Methods">The HTTP methods it answers, upper-case; empty means any.</param>
/// <param name="Access">Who may call it.</param>
public sealed record HttpFunction(string Name, MethodInfo Method, string Route, IReadOnlyList<string> Methods, AccessAttribute Access)
{
    /// <summary>Its route, taken apart.</summary>
    public RouteTemplate Template { get; } = TemplateParser.Parse(Route);

    /// <summary>Whether it is a page, or takes the form of one.</summary>
    public bool IsPage { get; } = Method.IsDefined(typeof(PageAttribute));

    /// <summary>Whether it only reads.</summary>
    public bool IsRead => Methods.Contains("GET");

    /// <summary>Whether it reads the query; then it refuses what it does not know in it.</summary>
    public bool ReadsQuery { get; } = Method.IsDefined(typeof(PagedAttribute))
        || Method.GetCustomAttributes<ParameterAttribute>().Any(parameter => parameter.Place == ParameterPlace.Query);

    /// <summary>The largest body that it reads, in bytes, where it is not what its kind of caller may send.</summary>
    public int? LargestBody { get; } = Method.GetCustomAttribute<LargestBodyAttribute>()?.Bytes;

    /// <summary>Whether people follow links to it, which gather parameters that are none of its business.</summary>
    public bool IsVisited { get; } = Method.IsDefined(typeof(PageAttribute)) || Method.IsDefined(typeof(VisitedAttribute));

    /// <summary>Which kind of caller it is for.</summary>
    public Caller Caller => Access.Caller;

    /// <summary>Whether it answers an HTTP method.</summary>
    public bool Answers(string method) => Methods.Count == 0 || Methods.Contains(method, StringComparer.OrdinalIgnoreCase);
}

/// <summary>A function that runs on a schedule.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Method">The method that runs.</param>
/// <param name="Trigger">Its schedule.</param>
public sealed record TimerFunction(string Name, MethodInfo Method, TimerTriggerAttribute Trigger);

/// <summary>
/// The functions of an app, read from their attributes, in the order in which the Functions host looks at them: by name, ignoring case. It holds
/// the rules that the host enforces when it starts, so that what is accepted here is accepted there.
/// </summary>
public sealed class FunctionCatalog
{
    private static readonly string[] ReservedRoutes = ["admin", "runtime"];

    private readonly Dictionary<string, HttpFunction> httpByName;

    private FunctionCatalog(IReadOnlyList<HttpFunction> http, IReadOnlyList<TimerFunction> timers)
    {
        Http = http;
        Timers = timers;
        httpByName = http.ToDictionary(function => function.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The HTTP functions, by name.</summary>
    public IReadOnlyList<HttpFunction> Http { get; }

    /// <summary>The timer functions, by name.</summary>
    public IReadOnlyList<TimerFunction> Timers { get; }

    /// <summary>The functions of TraderHub.</summary>
    public static FunctionCatalog OfTraderHub(string routePrefix = "") => Of(typeof(FunctionCatalog).Assembly.GetExportedTypes(), routePrefix);

    /// <summary>The functions of some classes.</summary>
    /// <exception cref="InvalidOperationException">The Functions host would refuse them; the message says what and where.</exception>
    public static FunctionCatalog Of(IEnumerable<Type> types, string routePrefix)
    {
        var functions = types
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Select(method => (Method: method, Function: method.GetCustomAttribute<FunctionAttribute>()))
            .Where(candidate => candidate.Function is not null)
            .OrderBy(candidate => candidate.Function!.Name, StringComparer.OrdinalIgnoreCase)
            .ToList();
        RefuseEqualNames(functions.Select(candidate => candidate.Function!.Name));

        var http = new List<HttpFunction>();
        var timers = new List<TimerFunction>();
        foreach (var (method, function) in functions)
        {
            if (TriggerOf<HttpTriggerAttribute>(method) is { } httpTrigger)
            {
                http.Add(ReadHttp(function!.Name, method, httpTrigger, routePrefix));
            }
            else if (TriggerOf<TimerTriggerAttribute>(method) is { } timerTrigger)
            {
                timers.Add(new TimerFunction(function!.Name, method, timerTrigger));
            }
            else
            {
                throw new InvalidOperationException($"Function '{function!.Name}' has no trigger on any parameter.");
            }
        }

        RefuseEqualRoutes(http);
        return new FunctionCatalog(http, timers);
    }

    /// <summary>The HTTP function of a name.</summary>
    public HttpFunction GetHttp(string name) => httpByName[name];

    /// <summary>This catalog with a function that a host adds, under a route that only a host may have.</summary>
    public FunctionCatalog With(HttpFunction function) =>
        new([.. Http.Append(function).OrderBy(each => each.Name, StringComparer.OrdinalIgnoreCase)], Timers);

    /// <summary>
    /// This catalog without the functions that are switched off by a setting, <c>AzureWebJobs.Name.Disabled</c>; where names of settings cannot hold dots, the
    /// Functions host takes two underscores.
    /// </summary>
    public FunctionCatalog WithoutDisabled(IConfiguration settings)
    {
        return new(Http.Where(function => IsEnabled(function.Name)).ToList(), Timers.Where(function => IsEnabled(function.Name)).ToList());

        bool IsEnabled(string name) =>
            !bool.TryParse(settings[$"AzureWebJobs.{name}.Disabled"] ?? settings[$"AzureWebJobs:{name}:Disabled"], out var isDisabled) || !isDisabled;
    }

    private static T? TriggerOf<T>(MethodInfo method)
        where T : Attribute => method.GetParameters().Select(parameter => parameter.GetCustomAttribute<T>()).FirstOrDefault(found => found is not null);

    private static HttpFunction ReadHttp(string name, MethodInfo method, HttpTriggerAttribute trigger, string routePrefix)
    {
        var route = trigger.Route ?? name;
        var firstSegment = route.Split('/')[0];
        if (ReservedRoutes.Contains(firstSegment, StringComparer.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException($"The route '{route}' of function '{name}' begins with '{firstSegment}', which the Functions host keeps for itself.");
        }

        var access = method.GetCustomAttribute<AccessAttribute>()
            ?? throw new InvalidOperationException($"Function '{name}' does not state who may call it: add [Access(...)].");
        if (access.Caller == Caller.Program && !Scopes.All.Contains(access.Scope))
        {
            throw new InvalidOperationException($"Function '{name}' is for programs and does not state a known scope: add Scope to its [Access(...)].");
        }

        if (access.Knows != Caller.Anybody && access.Caller != Caller.Anybody)
        {
            throw new InvalidOperationException($"Function '{name}' tells callers apart that it cannot: Knows of its [Access(...)] is for functions that anybody may call.");
        }

        return new HttpFunction(
            name,
            method,
            routePrefix.Length == 0 ? route : $"{routePrefix}/{route}",
            trigger.Methods?.Select(text => text.ToUpperInvariant()).ToList() ?? [],
            access);
    }

    private static void RefuseEqualNames(IEnumerable<string> names)
    {
        var twice = names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new InvalidOperationException($"Two functions are named '{twice.Key}'; names are unique, ignoring case.");
        }
    }

    private static void RefuseEqualRoutes(List<HttpFunction> functions)
    {
        foreach (var sameRoute in functions.GroupBy(function => function.Route, StringComparer.OrdinalIgnoreCase))
        {
            var ofRoute = sameRoute.ToList();
            for (var i = 1; i < ofRoute.Count; i++)
            {
                var earlier = ofRoute.Take(i).FirstOrDefault(other => Overlap(other, ofRoute[i]));
                if (earlier is not null)
                {
                    throw new InvalidOperationException(
                        $"Functions '{earlier.Name}' and '{ofRoute[i].Name}' answer the same method on the route '{sameRoute.Key}'.");
                }
            }
        }
    }

    private static bool Overlap(HttpFunction one, HttpFunction other) =>
        one.Methods.Count == 0 || other.Methods.Count == 0 || one.Methods.Intersect(other.Methods, StringComparer.OrdinalIgnoreCase).Any();
}

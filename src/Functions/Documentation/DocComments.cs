using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TraderHub.Functions.Documentation;

/// <summary>
/// The doc comments of the code, from the XML files that the compiler puts beside the assemblies: what tells readers of the code tells callers too.
/// Where a file was not deployed, there are no comments.
/// </summary>
internal sealed partial class DocComments
{
    private readonly ConcurrentDictionary<Assembly, Dictionary<string, string>> byAssembly = new();

    /// <summary>What a method does.</summary>
    public string? Of(MethodInfo method)
    {
        var name = $"M:{NameOf(method.DeclaringType!)}.{method.Name}";
        return CommentsOf(method.DeclaringType!.Assembly)
            .FirstOrDefault(comment => comment.Key == name || comment.Key.StartsWith($"{name}(", StringComparison.Ordinal)).Value;
    }

    /// <summary>What a type is.</summary>
    public string? Of(Type type) => CommentsOf(type.Assembly).GetValueOrDefault($"T:{NameOf(type)}");

    /// <summary>What a property holds.</summary>
    public string? Of(PropertyInfo property) =>
        CommentsOf(property.DeclaringType!.Assembly).GetValueOrDefault($"P:{NameOf(property.DeclaringType)}.{property.Name}");

    private static string NameOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private Dictionary<string, string> CommentsOf(Assembly assembly) => byAssembly.GetOrAdd(assembly, Load);

    private static Dictionary<string, string> Load(Assembly assembly)
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
        return File.Exists(file)
            ? XDocument.Load(file).Descendants("member")
                .Where(member => member.Element("summary") is not null)
                .ToDictionary(member => member.Attribute("name")!.Value, member => TextOf(member.Element("summary")!))
            : [];
    }

    private static string TextOf(XElement comment) =>
        Space().Replace(string.Concat(comment.Nodes().Select(node => node is XElement element ? $"`{CodeOf(element)}`" : ((XText)node).Value)), " ").Trim();

    /// <summary>Code in place, or the last name of what is referred to.</summary>
    private static string CodeOf(XElement element) => element.Attribute("cref") is { } reference ? LastName().Match(reference.Value).Value : element.Value;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"\w+(?=(\(.*)?$)")]
    private static partial Regex LastName();
}

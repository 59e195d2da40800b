using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Data.Platform;
using TraderHub.Functions.Http;
using TraderHub.LocalHost.Hosting;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Documents;

public sealed partial class DocumentsTests
{
    private static readonly string[] OfTheFunctionsHost = ["AzureWebJobsDisableHomepage", "AzureWebJobsStorage", "FUNCTIONS_WORKER_RUNTIME"];

    [Fact]
    public async Task TheSampleSettings_HoldEverySettingThatIsRead_AndExplainEverySection()
    {
        await using var host = await TestHost.StartAsync();
        var read = host.Services.GetRequiredService<SettingsReader>().Keys;
        using var sample = JsonDocument.Parse(Repository.Read("local.settings.sample.json"));
        var names = sample.RootElement.GetProperty("Values").EnumerateObject().Select(setting => setting.Name).ToList();
        var settings = names.Where(name => name[0] != '_').Except(OfTheFunctionsHost).Select(name => name.Replace("__", ":", StringComparison.Ordinal)).ToList();

        Assert.Equal(read, settings.Order(StringComparer.Ordinal));
        Assert.All(settings, setting => Assert.Contains($"_{setting.Split(':')[0]}", names));
    }

    [Fact]
    public async Task TheSampleSettings_AsTheyAre_StartTheHost()
    {
        using var sample = JsonDocument.Parse(Repository.Read("local.settings.sample.json"));
        var settings = sample.RootElement.GetProperty("Values").EnumerateObject()
            .Where(setting => setting.Name is not ("Database__Directory" or "Shutdown__DrainSeconds"))
            .Select(setting => (setting.Name.Replace("__", ":", StringComparison.Ordinal), setting.Value.GetString()!));

        await using var host = await TestHost.StartAsync([.. settings]);

        Assert.Equal("""{"status":"ok"}""", await host.Http.GetStringAsync("/health"));
    }

    [Fact]
    public void TheReadme_ListsEveryFunctionWithItsRouteOrSchedule()
    {
        var catalog = FunctionCatalog.OfTraderHub();
        var functions = catalog.Http.Select(function => $"{string.Join(", ", function.Methods.DefaultIfEmpty("any"))} /{function.Route} {function.Name}")
            .Concat(catalog.Timers.Select(timer => $"{timer.Trigger.Schedule} {timer.Name}"));

        var listed = FunctionRow().Matches(Repository.Read("README.md")).Select(row => $"{row.Groups["trigger"].Value.Replace("\\|", "|", StringComparison.Ordinal)} {row.Groups["name"].Value}");

        Assert.Equal(functions.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryRuleThatTheCodeNames_StandsInTheRules()
    {
        var rules = RuleHeading().Matches(Repository.Read("docs/rules.md")).Select(rule => rule.Groups["id"].Value).ToHashSet();
        var sources = Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

        var named = sources.SelectMany(file => RuleReference().Matches(File.ReadAllText(file)).Select(rule => rule.Groups["id"].Value)).ToHashSet();

        Assert.NotEmpty(named);
        Assert.Superset(named, rules);
    }

    [Fact]
    public void EveryPackage_HasItsLineInTheDependencies()
    {
        var dependencies = Repository.Read("docs/dependencies.md");
        var packages = PackageVersion().Matches(Repository.Read("Directory.Packages.props")).Select(package => package.Groups["id"].Value);

        Assert.All(packages, package => Assert.Contains($"| {package} ", dependencies, StringComparison.Ordinal));
    }

    [Fact]
    public void HostJson_ServesTheDocumentedPathsAsTheyAre() => Assert.Equal(string.Empty, HostJson.Load().RoutePrefix);

    [Fact]
    [Trait("Case", "F4")]
    public void TheGuides_SayWhoseKeyRunsATimerInWhichHost()
    {
        Assert.Contains("(docs/functions-host.md)", Repository.Read("README.md"), StringComparison.Ordinal);
        Assert.Matches(@"POST /admin/functions/<Name>` with the host's master key.*\|.*with `Auth:AdminToken`", Repository.Read("docs/functions-host.md"));
    }

    [Fact]
    [Trait("Case", "F10")]
    public void HostJson_HasEachValueOnPurpose()
    {
        using var settings = JsonDocument.Parse(Repository.Read("host.json"));
        var reasons = Repository.Read("docs/functions-host.md");

        Assert.All(PathsOf(settings.RootElement, string.Empty), path => Assert.Contains($"| `{path}` |", reasons, StringComparison.Ordinal));

        static IEnumerable<string> PathsOf(JsonElement element, string path) => element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject().SelectMany(field => PathsOf(field.Value, path.Length == 0 ? field.Name : $"{path}.{field.Name}"))
            : [path];
    }

    [GeneratedRegex(@"^\| `(?<trigger>[^`]+)` \| `(?<name>\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex FunctionRow();

    [GeneratedRegex(@"^\*\*(?<id>[A-Z]\d+)\*\*", RegexOptions.Multiline)]
    private static partial Regex RuleHeading();

    [GeneratedRegex(@"\(rule (?<id>[A-Z]\d+)\)")]
    private static partial Regex RuleReference();

    [GeneratedRegex(@"PackageVersion Include=""(?<id>[^""]+)""")]
    private static partial Regex PackageVersion();
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace TraderHub.Data.Platform;

/// <summary>
/// Reads settings into options and collects every problem, so that an operator mends them all at once. The key of each setting read is remembered:
/// that list is what <c>local.settings.sample.json</c> is checked against.
/// </summary>
public sealed class SettingsReader(IConfiguration configuration)
{
    private const string Extension = "chrome-extension://";

    private const int ExtensionIdLength = 32;

    private static readonly string[] PlanMarks = ["WEBSITE_INSTANCE_ID", "WEBSITE_SITE_NAME", "WEBSITE_SKU", "WEBSITE_POD_NAME"];

    private readonly List<string> problems = [];
    private readonly SortedSet<string> keys = new(StringComparer.Ordinal);

    /// <summary>The keys of all settings read so far, such as <c>Hyperliquid:BaseUrl</c>.</summary>
    public IReadOnlyCollection<string> Keys => keys;

    /// <summary>
    /// Whether this process runs in an Azure Functions plan: the platform says so, it is not a setting. Flex and Linux Consumption know no
    /// <c>WEBSITE_INSTANCE_ID</c>. <c>CONTAINER_NAME</c> is set on other machines too, some with a Functions host of their own; a plan also says which version
    /// of the host it runs.
    /// </summary>
    public bool IsInFunctionsPlan =>
        PlanMarks.Any(IsSet) || (IsSet("CONTAINER_NAME") && IsSet("FUNCTIONS_EXTENSION_VERSION"));

    /// <summary>A text; the default when it is not set.</summary>
    public string Text(string key, string defaultValue) => Find(key) ?? defaultValue;

    /// <summary>A secret; null when it is not set. Its value never appears in a message.</summary>
    public string? Secret(string key, int minimumLength)
    {
        var text = Find(key);
        if (text is not null && text.Length < minimumLength)
        {
            Report(key, $"is too short: it must have at least {minimumLength} characters", "the output of: openssl rand -hex 32");
            return null;
        }

        return text;
    }

    /// <summary>One of a few words.</summary>
    public string Choice(string key, string defaultValue, params string[] choices)
    {
        var text = Find(key) ?? defaultValue;
        if (!choices.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            Report(key, $"is '{text}', which is not one of: {string.Join(", ", choices)}", defaultValue);
        }

        return text.ToLowerInvariant();
    }

    /// <summary>A whole number between two bounds, both allowed.</summary>
    public int WholeNumber(string key, int defaultValue, int minimum, int maximum)
    {
        var text = Find(key);
        if (text is null)
        {
            return defaultValue;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        Report(key, $"is '{text}', which is not a whole number from {minimum} to {maximum}", defaultValue.ToString(CultureInfo.InvariantCulture));
        return defaultValue;
    }

    /// <summary>A boolean: <c>true</c> or <c>false</c>, and nothing else.</summary>
    public bool Flag(string key, bool defaultValue)
    {
        var text = Find(key);
        if (text is null)
        {
            return defaultValue;
        }

        if (bool.TryParse(text, out var flag))
        {
            return flag;
        }

        Report(key, $"is '{text}', which is neither true nor false", defaultValue ? "true" : "false");
        return defaultValue;
    }

    /// <summary>An absolute http or https address.</summary>
    public Uri Url(string key, string defaultValue)
    {
        var text = Find(key) ?? defaultValue;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))
        {
            return url;
        }

        Report(key, $"is '{text}', which is not an absolute http or https address", defaultValue);
        return new Uri(defaultValue);
    }

    /// <summary>Web origins separated by commas, each exact: scheme, host and port, nothing after; or an extension of Chrome, by its id.</summary>
    public IReadOnlySet<string> Origins(string key)
    {
        var texts = (Find(key) ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var text in texts)
        {
            if (!IsOrigin(text))
            {
                Report(key, $"holds '{text}', which is not an exact origin (scheme, host and port, no path, lower-case)", "https://app.example.com");
            }
        }

        return texts.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Networks and single addresses separated by commas.</summary>
    public IReadOnlyList<IPNetwork> Networks(string key)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in (Find(key) ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPNetwork.TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(text, out var address))
            {
                networks.Add(new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128));
            }
            else
            {
                Report(key, $"holds '{text}', which is neither an address nor a network", "10.0.0.0/8,192.0.2.7");
            }
        }

        return networks;
    }

    /// <summary>The entries of a list: the sections <c>key:0</c>, <c>key:1</c> and so on, for as long as there is one.</summary>
    public IReadOnlyList<T> List<T>(string key, Func<SettingsReader, string, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return configuration.GetSection(key).GetChildren()
            .Where(entry => entry.GetChildren().Any(setting => !string.IsNullOrWhiteSpace(setting.Value)))
            .Select(entry => read(this, $"{key}:{entry.Key}"))
            .ToList();
    }

    /// <summary>Notes a problem that only the caller can see.</summary>
    public void Report(string key, string problem, string example) =>
        problems.Add($"{key} {problem}. Example: {key.Replace(":", "__", StringComparison.Ordinal)}={example}");

    /// <summary>Ends the reading.</summary>
    /// <exception cref="InvalidSettingsException">There are problems.</exception>
    public void ThrowIfInvalid()
    {
        if (problems.Count > 0)
        {
            throw new InvalidSettingsException(problems);
        }
    }

    private bool IsSet(string key) => !string.IsNullOrEmpty(configuration[key]);

    private static bool IsOrigin(string text) => text.StartsWith(Extension, StringComparison.Ordinal)
        ? text.Length == Extension.Length + ExtensionIdLength && !text.AsSpan(Extension.Length).ContainsAnyExceptInRange('a', 'p')
        : Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            && url.GetLeftPart(UriPartial.Authority) == text;

    private string? Find(string key)
    {
        keys.Add(key);
        return configuration[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
    }
}

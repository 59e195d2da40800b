using System.Text.Json;
using System.Text.Json.Serialization;
using TraderHub.Core.Migration.Keys;

namespace TraderHub.Core.Migration.MultiKey;

/// <summary>An operation on several keys that is going to be done, whatever becomes of the instance that began it (rule M10).</summary>
/// <param name="Group">The group of its keys.</param>
/// <param name="Operation">The operation's name.</param>
/// <param name="Arguments">What it was asked for.</param>
/// <param name="Decision">What was decided; null while keys are sealed first.</param>
/// <param name="Versions">The keys that it touches, and the version that each had before it began.</param>
/// <param name="BegunAt">When, in UTC.</param>
public sealed record Intent(
    string Group, string Operation, JsonElement Arguments, JsonElement? Decision, IReadOnlyDictionary<string, long> Versions, string BegunAt)
{
    /// <summary>The last values of keys that it seals, as far as they are known; one that has none is not in it.</summary>
    public IReadOnlyDictionary<string, byte[]> LastValues { get; init; } = new Dictionary<string, byte[]>();
}

/// <summary>An intent that stands in the key-value store.</summary>
/// <param name="Id">The operation's id.</param>
/// <param name="Intent">The intent.</param>
/// <param name="Version">The store's version of it.</param>
public sealed record StoredIntent(OperationId Id, Intent Intent, string Version);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Intent))]
internal sealed partial class IntentJson : JsonSerializerContext;

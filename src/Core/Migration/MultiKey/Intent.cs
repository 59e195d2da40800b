using System.Text.Json;
using System.Text.Json.Serialization;
using TraderHub.Core.Migration.Keys;

namespace TraderHub.Core.Migration.MultiKey;

/// <summary>An operation on several keys that is going to be done, whatever becomes of the instance that began it (rule M10).</summary>
/// <param name="Group">The group of its keys.</param>
/// <param name="Operation">The operation's name.</param>
/// <param name="Arguments">What it was asked for.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="Versions">The keys that it touches, and the version that each had before it began.</param>
/// <param name="BegunAt">When, in UTC.</param>
public sealed record Intent(
    string Group, string Operation, JsonElement Arguments, JsonElement Decision, IReadOnlyDictionary<string, long> Versions, string BegunAt);

/// <summary>An intent that stands in the key-value store.</summary>
/// <param name="Id">The operation's id.</param>
/// <param name="Intent">The intent.</param>
public sealed record StoredIntent(OperationId Id, Intent Intent);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Intent))]
internal sealed partial class IntentJson : JsonSerializerContext;

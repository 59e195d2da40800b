using System.Text.Json.Serialization;

namespace TraderHub.Core.Migration.Runs;

/// <summary>How kinds of runs and their states are written.</summary>
public static class RunNames
{
    private static readonly string[] Kinds = ["backfill", "verify", "hand_over", "hand_back", "mirror", "cleanup"];

    private static readonly string[] Statuses = ["running", "completed", "failed", "cancelled"];

    /// <summary>A kind's name.</summary>
    public static string ToText(this RunKind kind) => Kinds[(int)kind];

    /// <summary>A status's name.</summary>
    public static string ToText(this RunStatus status) => Statuses[(int)status];

    /// <summary>The kind of a name.</summary>
    public static RunKind ParseKind(string text) => (RunKind)Array.IndexOf(Kinds, text);

    /// <summary>The status of a name.</summary>
    public static RunStatus ParseStatus(string text) => (RunStatus)Array.IndexOf(Statuses, text);
}

/// <summary>How counters are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunCounters))]
public sealed partial class RunJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace TraderHub.Core.Migration.Verification;

/// <summary>How a group's two copies compare: the fields that the documents name, and which key is in which class.</summary>
/// <param name="Timestamp">When it was made, in unix milliseconds.</param>
/// <param name="OverallSuccess">Whether nothing disagrees, nothing is damaged and no key is in error.</param>
/// <param name="Tables">Table by table.</param>
/// <param name="Summary">All of it in a sentence.</param>
public sealed record VerificationReport(long Timestamp, bool OverallSuccess, IReadOnlyList<TableReport> Tables, string Summary)
{
    /// <summary>The report's id.</summary>
    public required string Id { get; init; }

    /// <summary>The group.</summary>
    public required string Group { get; init; }

    /// <summary>The run that made it.</summary>
    public required string RunId { get; init; }

    /// <summary>How many keys disagree, by class.</summary>
    public required KeyClassCounts Classes { get; init; }

    /// <summary>What became of every key of the key-value store.</summary>
    public required KeyAccounts Accounted { get; init; }

    /// <summary>The keys that disagree or that no entity owns, each with what it is.</summary>
    public required IReadOnlyList<NamedKey> Keys { get; init; }
}

/// <summary>A table of a report.</summary>
/// <param name="Table">Its name.</param>
/// <param name="KvCount">How many rows the key-value store's values are.</param>
/// <param name="D1Count">How many rows of those values SQL has.</param>
/// <param name="Match">Whether nothing of it disagrees.</param>
/// <param name="Discrepancies">What disagrees; the first thousand.</param>
/// <param name="SampleChecks">How many keys were compared element by element.</param>
/// <param name="SampleFailures">What was different in those.</param>
public sealed record TableReport(
    string Table,
    long KvCount,
    long D1Count,
    bool Match,
    IReadOnlyList<Discrepancy> Discrepancies,
    long SampleChecks,
    IReadOnlyList<string> SampleFailures);

/// <summary>Something that disagrees.</summary>
/// <param name="Type">Its class, or the kind of damage.</param>
/// <param name="Description">What, for a person; a key is named in it.</param>
/// <param name="KvValue">What the key-value store has; shortened when it is long.</param>
/// <param name="D1Value">What SQL has; shortened when it is long.</param>
public sealed record Discrepancy(string Type, string Description, string? KvValue = null, string? D1Value = null);

/// <summary>A key that a report names.</summary>
/// <param name="Key">The key.</param>
/// <param name="Class">What it is.</param>
public sealed record NamedKey(string Key, string Class);

/// <summary>How many keys disagree (rule M31).</summary>
/// <param name="Missing">SQL has no value of them.</param>
/// <param name="Extra">The key-value store has no value of them.</param>
/// <param name="Mismatch">Both have the same version and other values.</param>
/// <param name="Expired">Their time is over; that is no disagreement.</param>
/// <param name="Unsettled">They changed each time that they were looked at.</param>
public sealed record KeyClassCounts(long Missing, long Extra, long Mismatch, long Expired, long Unsettled)
{
    /// <summary>Those that fail a verification.</summary>
    [JsonIgnore]
    public long Disagreeing => Missing + Extra + Mismatch + Unsettled;
}

/// <summary>Every key of the key-value store, by what became of it; only <see cref="Error"/> fails a verification.</summary>
/// <param name="Copied">They are this group's, and SQL knows them.</param>
/// <param name="Expired">Their time is over.</param>
/// <param name="Deleted">They were deleted; what is left keeps an old copy from coming back.</param>
/// <param name="Quarantined">All or part of them is put aside.</param>
/// <param name="Error">They cannot be read.</param>
/// <param name="Missing">SQL does not have them.</param>
/// <param name="OtherGroup">They are another group's.</param>
/// <param name="Legacy">Older versions of the origin wrote them, and none reads them.</param>
/// <param name="NotMigrated">They live in the key-value store for good.</param>
/// <param name="Engine">The engine's own.</param>
/// <param name="Unknown">Nobody's.</param>
public sealed record KeyAccounts(
    long Copied, long Expired, long Deleted, long Quarantined, long Error, long Missing, long OtherGroup, long Legacy, long NotMigrated, long Engine, long Unknown);

/// <summary>How reports are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(VerificationReport))]
public sealed partial class VerificationJson : JsonSerializerContext;

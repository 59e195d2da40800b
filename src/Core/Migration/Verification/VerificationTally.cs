using System.Globalization;
using System.Text;
using TraderHub.Core.Migration.Runs;

namespace TraderHub.Core.Migration.Verification;

/// <summary>Adds up what a verification finds, key by key.</summary>
internal sealed class VerificationTally(IGroupTables tables)
{
    private const int MostDiscrepancies = 1000;

    private const int LongestValue = 2000;

    private readonly Dictionary<KeyFinding, long> findings = [];
    private readonly Dictionary<string, Table> byTable = new(StringComparer.Ordinal);
    private readonly List<NamedKey> named = [];
    private long quarantined;

    /// <summary>What the run shows of it.</summary>
    public RunCounters Counters => new()
    {
        Seen = findings.Values.Sum(),
        Unchanged = Of(KeyFinding.Same) + Of(KeyFinding.Deleted) + Of(KeyFinding.Gone),
        Expired = Of(KeyFinding.Expired),
        Failed = Of(KeyFinding.Error),
        Quarantined = quarantined,
        Unsettled = Of(KeyFinding.Unsettled),
        Mismatched = Of(KeyFinding.Missing) + Of(KeyFinding.Extra) + Of(KeyFinding.Mismatch),
    };

    public KeyClassCounts Classes => new(
        Of(KeyFinding.Missing), Of(KeyFinding.Extra), Of(KeyFinding.Mismatch), Of(KeyFinding.Expired), Of(KeyFinding.Unsettled));

    public IReadOnlyList<NamedKey> Named => named;

    public void Add(KeyCheck check)
    {
        findings[check.Finding] = Of(check.Finding) + 1;
        quarantined += check.IsQuarantined ? 1 : 0;
        var entity = check.Key.Key.Entity;
        var key = check.Key.Key.Name;
        var rows = tables.CountRows(entity, key, check.InSql);

        // Values that are the same have the same rows.
        foreach (var count in check.Finding == KeyFinding.Same ? rows : tables.CountRows(entity, key, check.InKv))
        {
            TableOf(count.Table).KvCount += count.Count;
        }

        foreach (var count in rows)
        {
            TableOf(count.Table).SqlCount += count.Count;
        }

        // What a key's own table is stands first.
        var table = TableOf(rows[0].Table);
        table.SampleChecks += check.IsSampled ? 1 : 0;
        if (check.IsSampled)
        {
            table.SampleFailures.AddRange(check.Differences.Select(difference => $"{key} {difference}"));
        }

        if (check.IsQuarantined)
        {
            Name(key, "quarantined");
        }

        if (ClassOf(check.Finding) is { } @class)
        {
            Name(key, @class);
            table.Add(new(@class, Describe(key, check), Shorten(check.InKv), Shorten(check.InSql)));
        }
    }

    public void Add(TableDamage damage) => TableOf(damage.Table).Add(new(
        damage.Type, string.Create(CultureInfo.InvariantCulture, $"{damage.Count} rows: {damage.Description}")));

    /// <summary>The keys of the group in the accounts of the whole store.</summary>
    public KeyAccounts Account(KeyAccounts others) => others with
    {
        Copied = Of(KeyFinding.Same) + Of(KeyFinding.Mismatch) + Of(KeyFinding.Unsettled) - quarantined,
        Expired = Of(KeyFinding.Expired),
        Deleted = Of(KeyFinding.Deleted),
        Quarantined = quarantined,
        Error = Of(KeyFinding.Error),
        Missing = Of(KeyFinding.Missing),
    };

    public IReadOnlyList<TableReport> Tables() =>
    [
        .. byTable.OrderBy(table => table.Key, StringComparer.Ordinal).Select(table => new TableReport(
            table.Key,
            table.Value.KvCount,
            table.Value.SqlCount,
            table.Value.KvCount == table.Value.SqlCount && table.Value.Found == 0,
            table.Value.Discrepancies,
            table.Value.SampleChecks,
            table.Value.SampleFailures)),
    ];

    private static string? ClassOf(KeyFinding finding) => finding switch
    {
        KeyFinding.Missing => "missing",
        KeyFinding.Extra => "extra",
        KeyFinding.Mismatch => "mismatch",
        KeyFinding.Unsettled => "unsettled",
        KeyFinding.Error => "error",
        _ => null,
    };

    private static string Describe(string key, KeyCheck check) => check.Finding switch
    {
        KeyFinding.Missing => $"'{key}': SQL does not have it",
        KeyFinding.Extra => $"'{key}': the key-value store does not have it",
        KeyFinding.Error => $"'{key}' cannot be read: {check.Error}",
        KeyFinding.Unsettled => $"'{key}' changed each time that it was looked at",
        _ => $"'{key}' differs although both have the same version: {string.Join("; ", check.Differences)}",
    };

    private static string? Shorten(ReadOnlyMemory<byte>? value)
    {
        if (value is not { } bytes)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes.Span);
        return text.Length > LongestValue ? text[..LongestValue] + "..." : text;
    }

    private void Name(string key, string @class)
    {
        if (named.Count < AccountKeys.MostNamed)
        {
            named.Add(new(key, @class));
        }
    }

    private long Of(KeyFinding finding) => findings.GetValueOrDefault(finding);

    private Table TableOf(string name) => byTable.TryGetValue(name, out var table) ? table : byTable[name] = new Table();

    private sealed class Table
    {
        public long KvCount { get; set; }

        public long SqlCount { get; set; }

        public long SampleChecks { get; set; }

        public long Found { get; private set; }

        public List<string> SampleFailures { get; } = [];

        public List<Discrepancy> Discrepancies { get; } = [];

        public void Add(Discrepancy discrepancy)
        {
            Found++;
            if (Discrepancies.Count < MostDiscrepancies)
            {
                Discrepancies.Add(discrepancy);
            }
        }
    }
}

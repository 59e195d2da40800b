using NodaTime;
using NodaTime.Text;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs.Analysis.KeyValue;

/// <summary>The keys of daily analyses: <c>analysis_</c> and an exact date. Other keys begin the same, such as copies with a time behind the date.</summary>
public static class AnalysisKey
{
    /// <summary>What every such key begins with; other keys too.</summary>
    public const string Prefix = "analysis_";

    /// <summary>How long a day's analysis is kept in the key-value store.</summary>
    public static Duration TimeToLive { get; } = Duration.FromDays(7);

    /// <summary>The key of a business date.</summary>
    public static string Of(LocalDate date) => Prefix + date.ToIso();

    /// <summary>The business date of a key; null when it is another key.</summary>
    public static LocalDate? DateOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.StartsWith(Prefix, StringComparison.Ordinal) && LocalDatePattern.Iso.Parse(key[Prefix.Length..]) is { Success: true, Value: var date } && Of(date) == key
            ? date
            : null;
    }
}

namespace TraderHub.Core.Jobs;

/// <summary>How many symbols an execution was about; null is unknown, and is not zero (rule J3).</summary>
/// <param name="Processed">How many were asked for.</param>
/// <param name="Successful">How many have a verdict.</param>
/// <param name="Fallback">How many have one from a lesser source.</param>
/// <param name="Failed">How many have none.</param>
public sealed record SymbolCounts(long? Processed, long? Successful, long? Fallback, long? Failed)
{
    /// <summary>Nothing is known.</summary>
    public static SymbolCounts Unknown { get; } = new(null, null, null, null);

    /// <summary>The part that succeeded, from 0 to 1; null without symbols.</summary>
    public double? SuccessRate => Processed > 0 ? (double?)Successful / Processed : null;

    /// <summary>
    /// What is really there: where results hold symbols, those with a verdict are counted, whatever was stated. A symbol that was asked for and has no
    /// verdict has failed.
    /// </summary>
    public SymbolCounts CountedIn(IReadOnlyList<NewJobResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var all = new HashSet<string>(StringComparer.Ordinal);
        var successful = new HashSet<string>(StringComparer.Ordinal);
        foreach (var result in results)
        {
            if (result.Symbol is { } symbol && result.ResultType == ResultTypes.AnalysisDetail)
            {
                all.Add(symbol);
                if (result.HasVerdict)
                {
                    successful.Add(symbol);
                }
            }
        }

        var processed = Math.Max(Processed ?? 0, all.Count);
        return all.Count == 0 ? this : this with { Processed = processed, Successful = successful.Count, Failed = processed - successful.Count };
    }
}

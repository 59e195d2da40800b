namespace TraderHub.Bench.Reports;

/// <summary>A line of the table: TraderHub beside its reference, each the median of what was measured.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">In which unit.</param>
/// <param name="SubjectSamples">TraderHub's figures, in the order they were measured.</param>
/// <param name="ReferenceSamples">The reference's.</param>
/// <param name="Goal">What to reach; null when nothing is set.</param>
internal sealed record Row(string Name, string Unit, IReadOnlyList<double> SubjectSamples, IReadOnlyList<double> ReferenceSamples, Goal? Goal)
{
    /// <summary>TraderHub's median.</summary>
    public double Subject { get; } = MedianOf(SubjectSamples);

    /// <summary>The reference's median.</summary>
    public double Reference { get; } = MedianOf(ReferenceSamples);

    /// <summary>How many times the reference it is.</summary>
    public double Ratio => Subject / Reference;

    /// <summary>Whether the goal is reached; null when there is none.</summary>
    public bool? IsReached => Goal?.IsReachedBy(this);

    private static double MedianOf(IReadOnlyList<double> samples)
    {
        var sorted = samples.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

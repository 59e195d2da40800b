using System.Text.Json.Serialization;

namespace TraderHub.Core.Migration.Watching;

/// <summary>What was asked of a store within the last minutes, and how it went; figures of several instances add up.</summary>
/// <param name="Writes">How many writes.</param>
/// <param name="FailedWrites">How many of them were not done.</param>
/// <param name="Owned">How many reads it answered as a key's owner.</param>
/// <param name="Latencies">How many calls took how long: as many as <see cref="Bounds"/>, and those that took longer.</param>
public sealed record StoreFigures(long Writes, long FailedWrites, long Owned, IReadOnlyList<long> Latencies)
{
    /// <summary>Up to how many milliseconds the calls of each class took.</summary>
    public static IReadOnlyList<int> Bounds { get; } = [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 1000, 2000, 5000];

    /// <summary>Nothing yet.</summary>
    public static StoreFigures None { get; } = new(0, 0, 0, new long[Bounds.Count + 1]);

    /// <summary>How many calls in all.</summary>
    [JsonIgnore]
    public long Calls => Latencies.Sum();

    /// <summary>These and others.</summary>
    public StoreFigures Plus(StoreFigures other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Writes + other.Writes, FailedWrites + other.FailedWrites, Owned + other.Owned, [.. Latencies.Zip(other.Latencies, (one, two) => one + two)]);
    }

    /// <summary>The time within which a share of the calls ended, in milliseconds: the bound of the class it falls in. Null without calls, and above the last bound.</summary>
    public int? Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(Calls * share);
        var sum = 0L;
        for (var i = 0; i < Bounds.Count && wanted > 0; i++)
        {
            sum += Latencies[i];
            if (sum >= wanted)
            {
                return Bounds[i];
            }
        }

        return null;
    }

    /// <summary>Whether more than the rest of a share of the calls took longer than a bound.</summary>
    public bool IsSlowerThan(int bound, double share) => Calls > 0 && (Percentile(share) ?? int.MaxValue) > bound;
}

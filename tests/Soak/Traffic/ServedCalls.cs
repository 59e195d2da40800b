using System.Collections.Concurrent;
using System.Globalization;

namespace TraderHub.Soak.Traffic;

/// <summary>How callers were served, by where the group stood when they asked.</summary>
internal sealed class ServedCalls(TimeProvider clock)
{
    private readonly List<Place> places = [];
    private readonly ConcurrentQueue<string> problems = new();
    private Place? current;
    private long since;

    /// <summary>What went wrong: answers that are neither a success nor an announced refusal, and answers that are not what they must be.</summary>
    public IReadOnlyCollection<string> Problems => problems;

    /// <summary>From now on the group stands somewhere else.</summary>
    public void Enter(string place)
    {
        Leave();
        since = clock.GetTimestamp();
        current = new Place(place);
        places.Add(current);
    }

    /// <summary>The group stands nowhere any more.</summary>
    public void Leave()
    {
        if (current is { } place)
        {
            place.Length = clock.GetElapsedTime(since);
        }
    }

    /// <summary>Waits for an answer, and notes how long it took.</summary>
    /// <param name="isWrite">Whether it is asked for a write.</param>
    /// <param name="ask">Asks; null when it was refused.</param>
    public async Task<string?> NoteAsync(bool isWrite, Func<Task<string?>> ask)
    {
        var place = current!;
        var begun = clock.GetTimestamp();
        var answer = await ask();
        if (answer is not null)
        {
            (isWrite ? place.Writes : place.Reads).Add(clock.GetElapsedTime(begun).TotalMilliseconds);
        }
        else
        {
            Interlocked.Increment(ref place.Refused);
        }

        return answer;
    }

    /// <summary>Notes what went wrong.</summary>
    public void Complain(string problem) => problems.Enqueue($"{current?.Name}: {problem}");

    /// <summary>The table, with milliseconds.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"{"",-22} {"s",5}  {"writes",7} {"p50",6} {"p95",6} {"p99",6}  {"reads",7} {"p50",6} {"p95",6} {"p99",6}  {"503",4}";
        foreach (var place in places)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{place.Name,-22} {place.Length.TotalSeconds,5:0}  {Describe(place.Writes)}  {Describe(place.Reads)}  {place.Refused,4}");
        }

        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{"in all",-22} {places.Sum(place => place.Length.TotalSeconds),5:0}  {places.Sum(place => place.Writes.Count),7} {"",20}  {places.Sum(place => place.Reads.Count),7} {"",20}  {places.Sum(place => place.Refused),4}");
    }

    private static string Describe(ConcurrentBag<double> times)
    {
        double[] sorted = [.. times.Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{sorted.Length,7} {At(sorted, 0.5),6:0.0} {At(sorted, 0.95),6:0.0} {At(sorted, 0.99),6:0.0}");
    }

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? 0 : sorted[(int)((sorted.Length - 1) * share)];

    private sealed class Place(string name)
    {
        public int Refused;

        public string Name => name;

        public ConcurrentBag<double> Writes { get; } = [];

        public ConcurrentBag<double> Reads { get; } = [];

        public TimeSpan Length { get; set; }
    }
}

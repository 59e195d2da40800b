using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using TraderHub.Data.Sql;

namespace TraderHub.Soak.Migration;

/// <summary>
/// Has a process die at every point of every operation in every stage: before and after each change of the key-value store and each commit of SQL, the first, the
/// second and so on, until it outlives the operation. Another process then finishes what it finds, and nothing may be lost or doubled.
/// </summary>
internal sealed class MigrationPoints(PointCase one)
{
    private const int Killed = 137;

    private static readonly TimeSpan Yesterday = TimeSpan.FromHours(-26);

    /// <summary>A run that died is taken for dead after half a minute.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(1);

    private readonly List<string> problems = [];
    private int points;

    /// <summary>Runs the cases whose stage or operation has a text in it.</summary>
    public static async Task<int> RunAsync(string text)
    {
        var cases = PointCase.All.Where(one => $"{one.Stage}: {one.Operation}".Contains(text, StringComparison.Ordinal)).ToList();
        var done = new ConcurrentBag<MigrationPoints>();
        Console.WriteLine($"{"stage",-22}{"operation",-40}{"points",6}");
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (one, _) =>
        {
            var run = new MigrationPoints(one);
            await run.RunAsync();
            done.Add(run);
            Console.WriteLine(string.Join(Environment.NewLine, [run.Line, .. run.problems]));
        });
        var failed = done.Sum(run => run.problems.Count);
        Console.WriteLine($"{cases.Count} operations, {done.Sum(run => run.points)} points at which a process died, {failed} failed");
        return failed == 0 && cases.Count > 0 ? 0 : 1;
    }

    private string Line => string.Create(CultureInfo.InvariantCulture, $"{one.Stage,-22}{one.Operation,-40}{points,6} {(problems.Count == 0 ? "all right" : $"{problems.Count} failed")}");

    private async Task RunAsync()
    {
        await using var prepared = await SharedPlace.CreateAsync(DatabaseProvider.Sqlite, TimeProvider.System);
        var expected = await PrepareAsync(prepared);
        PreparedGroup.Note(expected, one.Command);
        while (await DieAsync(prepared, points + 1, expected))
        {
            points++;
        }
    }

    private async Task<Dictionary<string, List<string>>> PrepareAsync(SharedPlace place)
    {
        await using var engine = EngineInstance.On(place.Options, new ShiftedClock(Yesterday));
        var group = new PreparedGroup(engine);
        await one.PrepareAsync(group);
        return group.Expected;
    }

    /// <summary>Dies at the n-th point, and settles; false when there are not so many.</summary>
    private async Task<bool> DieAsync(SharedPlace prepared, int at, Dictionary<string, List<string>> expected)
    {
        await using var place = prepared.Copy();
        var (code, point) = await RunMortalAsync(place, at);
        await using var engine = EngineInstance.On(place.Options, new ShiftedClock(Later));
        var found = await new SettledGroup(engine, expected.ToDictionary(key => key.Key, key => FindProblems(key.Key, key.Value))).RepeatAsync(one.Command);
        problems.AddRange(found.Select(problem => $"point {at}, {point}: {problem}"));
        if (code is not (0 or Killed))
        {
            problems.Add($"point {at}: it ended with {code}: {point}");
        }

        return code == Killed;
    }

    private static Func<IReadOnlyList<string>, IEnumerable<string>> FindProblems(string key, List<string> expected) => found =>
        found.SequenceEqual(expected) ? [] : [$"{key} has [{string.Join(',', found)}] instead of [{string.Join(',', expected)}]"];

    private async Task<(int Code, string Said)> RunMortalAsync(SharedPlace place, int at)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["migration-mortal"]) { RedirectStandardOutput = true };
        place.AddTo(start);
        start.ArgumentList.Add(at.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(one.Command);
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said.Trim());
    }
}

using TraderHub.Bench.Reports;
using TraderHub.Core.Migration.Stages;
using TraderHub.Data.Sql;

namespace TraderHub.Bench.Migration;

/// <summary>A stage: the engine with its stores, and other stores, filled alike, that are used without it.</summary>
internal sealed class StageLane : IAsyncDisposable
{
    private readonly BenchRun run;
    private readonly StagePlace subject;
    private readonly StagePlace filled;
    private readonly BareStores reference;
    private readonly List<double> subjectWrites = [];
    private readonly List<double> subjectReads = [];
    private readonly List<double> referenceWrites = [];
    private readonly List<double> referenceReads = [];

    private StageLane(BenchRun run, Stage stage, StagePlace subject, StagePlace filled, BareStores reference) =>
        (this.run, Stage, this.subject, this.filled, this.reference) = (run, stage, subject, filled, reference);

    /// <summary>The stage.</summary>
    public Stage Stage { get; }

    /// <summary>How long writes through the engine take, round by round.</summary>
    public IReadOnlyList<double> Writes => subjectWrites;

    /// <summary>Makes both.</summary>
    public static async Task<StageLane> OpenAsync(
        BenchRun run, Stage stage, DatabaseOptions subject, DatabaseOptions reference, CancellationToken cancellationToken) => new(
        run,
        stage,
        await StagePlace.CreateAsync(subject, stage, run.Clock, cancellationToken),
        await StagePlace.CreateAsync(reference, stage, run.Clock, cancellationToken),
        await BareStores.OpenAsync(reference, stage, cancellationToken));

    /// <summary>A round of each, which only warms up when it is not counted.</summary>
    public async Task RunAsync(bool isCounted, CancellationToken cancellationToken)
    {
        await TimeAsync(subject.WriteAsync, isCounted ? subjectWrites : [], cancellationToken);
        await TimeAsync(reference.WriteAsync, isCounted ? referenceWrites : [], cancellationToken);
        await TimeAsync(subject.ReadAsync, isCounted ? subjectReads : [], cancellationToken);
        await TimeAsync(reference.ReadAsync, isCounted ? referenceReads : [], cancellationToken);
    }

    /// <summary>Its rows of the table.</summary>
    public IReadOnlyList<Row> RowsOf(string database) =>
    [
        new($"watchlist write, {database}, stage {Stage.ToText()}: p50 beside bare stores", "us", subjectWrites, referenceWrites, null),
        new($"watchlist read, {database}, stage {Stage.ToText()}: p50 beside bare stores", "us", subjectReads, referenceReads, null),
    ];

    public async ValueTask DisposeAsync()
    {
        await reference.DisposeAsync();
        await filled.DisposeAsync();
        await subject.DisposeAsync();
    }

    /// <summary>Does something again and again for a fifth of a round; the median of its times is noted.</summary>
    private async Task TimeAsync(Func<CancellationToken, Task> work, List<double> medians, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        var begun = run.Clock.GetTimestamp();
        while (run.Clock.GetElapsedTime(begun) < run.Effort.Round / 5)
        {
            var before = run.Clock.GetTimestamp();
            await work(cancellationToken);
            times.Add(run.Clock.GetElapsedTime(before).TotalMicroseconds);
        }

        times.Sort();
        medians.Add(times[times.Count / 2]);
    }
}

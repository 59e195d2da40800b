using NodaTime;
using TraderHub.Core.Migration.Runs;

namespace TraderHub.Soak.Migration;

/// <summary>The runs of a group, before and after each of whose notes one may die.</summary>
internal sealed class MortalRuns(IMigrationRuns runs, Death death) : IMigrationRuns
{
    public Task<MigrationRun?> TryBeginAsync(string group, RunKind kind, string startedBy, Instant now, Instant diedBefore, CancellationToken cancellationToken) =>
        death.AroundAsync("SQL commit run begun", () => runs.TryBeginAsync(group, kind, startedBy, now, diedBefore, cancellationToken));

    public Task SaveAsync(MigrationRun run, CancellationToken cancellationToken) =>
        death.AroundAsync($"SQL commit run {run.Status.ToText()}", () => runs.SaveAsync(run, cancellationToken));

    public Task<MigrationRun?> FindAsync(string id, CancellationToken cancellationToken) => runs.FindAsync(id, cancellationToken);

    public Task<IReadOnlyList<MigrationRun>> ListAsync(string group, int atMost, CancellationToken cancellationToken) => runs.ListAsync(group, atMost, cancellationToken);

    public Task<bool> TryCancelAsync(string id, Instant now, CancellationToken cancellationToken) =>
        death.AroundAsync("SQL commit run ended", () => runs.TryCancelAsync(id, now, cancellationToken));
}

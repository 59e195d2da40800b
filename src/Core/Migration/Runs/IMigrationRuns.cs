using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Runs;

/// <summary>The runs of a group, in its database.</summary>
public interface IMigrationRuns
{
    /// <summary>
    /// Notes a new run, with a fence above all others. A run of the same group that still lives is in its way; one that has not given a sign of life since a
    /// moment, or whose process is known to be gone, is ended, and the new one goes on behind its checkpoint when it does the same.
    /// </summary>
    /// <returns>The run; null when another one lives.</returns>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task<MigrationRun?> TryBeginAsync(string group, RunKind kind, string startedBy, Instant now, Instant diedBefore, CancellationToken cancellationToken);

    /// <summary>Whether the process that has a run is known to be gone; false also where nobody here can know.</summary>
    bool IsGone(MigrationRun run) => false;

    /// <summary>Notes how far a run is; inside a transaction of the group, in that.</summary>
    /// <exception cref="RunFencedException">Another run has taken its place.</exception>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task SaveAsync(MigrationRun run, CancellationToken cancellationToken);

    /// <summary>A run; null when there is none.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task<MigrationRun?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The newest runs of a group, newest first.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task<IReadOnlyList<MigrationRun>> ListAsync(string group, int atMost, CancellationToken cancellationToken);

    /// <summary>Ends a run from outside; false when it does not run.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task<bool> TryCancelAsync(string id, Instant now, CancellationToken cancellationToken);
}

/// <summary>Another run has taken a run's place: what it would still do is not done.</summary>
/// <param name="run">The run.</param>
public sealed class RunFencedException(MigrationRun run) : Exception($"The run {run?.Id} was ended, or another one of '{run?.Group}' has taken its place.");

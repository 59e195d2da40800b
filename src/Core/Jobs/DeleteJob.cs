using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs;

/// <summary>Removes an execution with its results and stages. One that runs is not removed under its own feet.</summary>
public sealed class DeleteJob(IJobRepository jobs)
{
    /// <summary>Removes it, or says why not.</summary>
    public async Task<Error?> ExecuteAsync(long id, CancellationToken cancellationToken)
    {
        if (await jobs.TryDeleteAsync(id, cancellationToken))
        {
            return null;
        }

        return await jobs.FindAsync(id, cancellationToken) is null ? JobErrors.NotFound : JobErrors.Running;
    }
}

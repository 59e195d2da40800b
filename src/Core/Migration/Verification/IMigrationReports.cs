using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Verification;

/// <summary>The reports of a group, in its database.</summary>
public interface IMigrationReports
{
    /// <summary>Keeps a report.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task SaveAsync(VerificationReport report, CancellationToken cancellationToken);

    /// <summary>The newest reports, newest first.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task<IReadOnlyList<VerificationReport>> ListAsync(int atMost, CancellationToken cancellationToken);

    /// <summary>A report; null when there is none.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task<VerificationReport?> FindAsync(string id, CancellationToken cancellationToken);
}

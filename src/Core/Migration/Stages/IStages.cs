using TraderHub.Core.KeyValue;

namespace TraderHub.Core.Migration.Stages;

/// <summary>What an instance knows of the groups' stages.</summary>
public interface IStages
{
    /// <summary>Where a group stands, as it was told at most five seconds ago (rule M3).</summary>
    /// <exception cref="KeyValueException">That cannot be found out now.</exception>
    ValueTask<StageDocument> GetAsync(string group, CancellationToken cancellationToken);

    /// <summary>Has a group accept no writes until an operator has looked at it; one that is frozen already stays so for its first reason.</summary>
    /// <exception cref="KeyValueException">The key-value store did not answer.</exception>
    Task FreezeAsync(string group, string reason, CancellationToken cancellationToken);
}

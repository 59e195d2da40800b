using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Moves;

/// <summary>Changes a group's stage, and waits until every instance follows.</summary>
public sealed class ChangeStage(StageDocuments documents, Instances instances, TimeProvider clock)
{
    /// <summary>A write that began on an older document is over after this long: five seconds that the document may be old, and five that a write may take.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(10);

    /// <summary>Where a group stands, for a change that rests on it.</summary>
    public Task<StageDocument> FindAsync(EntityGroup group, CancellationToken cancellationToken) => documents.FindLatestAsync(group, cancellationToken);

    /// <summary>Changes a stage; a refusal when somebody else was faster.</summary>
    public async Task<Result<StageDocument>> ExecuteAsync(
        EntityGroup group, StageDocument seen, Func<StageDocument, StageDocument> change, MoveRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(request);
        return await documents.TryChangeAsync(group, seen, change, request.Who, request.Reason ?? string.Empty, cancellationToken) is { } changed
            ? changed
            : MoveErrors.ChangedMeanwhile(group.Name);
    }

    /// <summary>Waits until no instance writes on an older document.</summary>
    public async Task SettleAsync(EntityGroup group, StageDocument document, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(document);
        if (await instances.CountAsync(cancellationToken) == 0)
        {
            // Nobody runs: there is nobody to wait for.
            return;
        }

        await instances.WaitForAsync(group.Name, document.Epoch, cancellationToken);
        await Task.Delay(LongestWrite, clock, cancellationToken);
    }
}

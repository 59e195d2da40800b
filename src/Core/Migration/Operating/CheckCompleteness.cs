using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Operating;

/// <summary>Tells whether SQL has all of a group's records, for lists, which are always read there: it does from the end of the first walk that copied them.</summary>
public sealed class CheckCompleteness(IStages stages)
{
    /// <summary>Whether SQL has all of them; false also when nobody can tell.</summary>
    /// <exception cref="StorageException">SQL did not answer.</exception>
    public async Task<bool> ExecuteAsync(EntityGroup group, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        try
        {
            var stage = await stages.GetAsync(group.Name, cancellationToken);
            return stage.Stage switch
            {
                Stage.Kv => false,
                Stage.Copy => await LastCopy.FindAsync(group, stage, cancellationToken) is not null,
                _ => true,
            };
        }
        catch (KeyValueException)
        {
            return false;
        }
    }
}

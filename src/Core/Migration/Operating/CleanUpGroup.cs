using System.Globalization;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Migration.Verification;
using TraderHub.Core.Operations;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Operating;

/// <summary>Deletes what a group has left behind in the key-value store, once nobody needs it there any more (rule M34).</summary>
public sealed class CleanUpGroup(IKeyValueStore store, IGroupExports exports, ChangeStage changeStage, IAuditLog audit, TimeProvider clock)
{
    /// <summary>Deletes a group's keys; each stands in the audit before it is gone.</summary>
    /// <exception cref="KeyValueException">The key-value store does not answer.</exception>
    /// <exception cref="StorageException">SQL does not answer.</exception>
    public async Task<Result<Outcome>> ExecuteAsync(OperatedGroup operated, string who, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operated);
        var seen = await changeStage.FindAsync(operated.Group, cancellationToken);
        var export = await exports.FindLatestAsync(operated.Name, cancellationToken);
        List<string> reasons =
        [
            .. seen.Stage == Stage.SqlOnly ? Array.Empty<string>() : [$"It is in stage {seen.Stage.ToText()}; only in sql_only nobody needs the keys."],
            .. seen.IsReturning ? ["It is on its way back to the key-value store."] : Array.Empty<string>(),
            .. export is null ? ["There is no export of it: 'migration advance' makes one when a group leaves the key-value store."] : Array.Empty<string>(),
        ];
        if (reasons.Count > 0)
        {
            return MoveErrors.GateClosed(reasons);
        }

        await changeStage.SettleAsync(operated.Group, seen, cancellationToken);
        var keys = new List<NamedKey>();
        foreach (var prefix in WalkKeys.PrefixesOf(operated.Group))
        {
            await foreach (var key in store.ListAllAsync(prefix, cancellationToken))
            {
                if (operated.Group.FindEntity(key.Name) is not null)
                {
                    await audit.AddAsync(
                        new(clock.GetInstant(), who, "migration cleanup key", "done", key.Name, RemoteAddress: null, RequestId: null), cancellationToken);
                    await store.DeleteAsync(key.Name, cancellationToken);
                    keys.Add(new(key.Name, "deleted"));
                }
            }
        }

        return new Outcome(string.Create(CultureInfo.InvariantCulture, $"{operated.Name}: {keys.Count} keys deleted from the key-value store; their copy is in '{export}'"))
        {
            Stage = seen,
            Keys = keys,
        };
    }
}

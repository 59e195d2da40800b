using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;
using TraderHub.Functions;

namespace TraderHub.LocalHost.Commands;

/// <summary>
/// Prepares the groups of keys in restored stores, before anybody writes: what instances knew of the stages is void, no run goes on, and both copies of every value
/// are compared.
/// </summary>
internal static class RestoredGroups
{
    private static readonly string Who = $"{Environment.UserName} (db restore)";

    /// <summary>Prepares all groups; what was found of each that has two copies is returned.</summary>
    public static async Task<IReadOnlyList<string>> PrepareAsync(ServiceProvider services, string backup, CancellationToken cancellationToken)
    {
        await services.PrepareStoresAsync(mayMigrate: true, cancellationToken);
        await RemoveHeartbeatsAsync(services.GetRequiredService<IKeyValueStore>(), cancellationToken);
        var found = new List<string>();
        foreach (var group in services.GetRequiredService<MigrationOperations>().Groups)
        {
            await EndRunAsync(group, cancellationToken);
            var stage = await ChangeAsync(services, group, document => document, $"The backup in '{backup}' was restored.", cancellationToken);
            if (stage.Copies)
            {
                found.Add(await VerifyAsync(services, group, backup, cancellationToken));
            }
        }

        return found;
    }

    private static async Task RemoveHeartbeatsAsync(IKeyValueStore store, CancellationToken cancellationToken)
    {
        var heartbeats = new List<string>();
        await foreach (var key in store.ListAllAsync(Instances.Prefix, cancellationToken))
        {
            heartbeats.Add(key.Name);
        }

        foreach (var heartbeat in heartbeats)
        {
            await store.DeleteAsync(heartbeat, cancellationToken);
        }
    }

    private static async Task EndRunAsync(OperatedGroup group, CancellationToken cancellationToken)
    {
        if (await group.Group.Runs.ListAsync(group.Name, 1, cancellationToken) is [{ Status: RunStatus.Running } run])
        {
            await group.Group.Runs.TryCancelAsync(run.Id, TimeProvider.System.GetInstant(), cancellationToken);
        }
    }

    private static async Task<string> VerifyAsync(ServiceProvider services, OperatedGroup group, string backup, CancellationToken cancellationToken)
    {
        var verified = await services.GetRequiredService<MigrationOperations>().ExecuteAsync(
            group, GroupAction.Verify, new ActionRequest(new MoveRequest(Who)), cancellationToken);
        if (verified.Error is null && !verified.Value.HasProblems)
        {
            return $"{group.Name} was verified, and agrees";
        }

        var reason = $"It was restored from '{backup}', and its two copies disagree: 'migration retry {group.Name}' gives SQL what it lacks, and lets it go on.";
        await ChangeAsync(services, group, document => document with { FrozenBecause = document.FrozenBecause ?? reason }, reason, cancellationToken);
        return $"{group.Name} DISAGREES and accepts no writes until 'migration retry {group.Name}' has mended it";
    }

    /// <summary>Changes a stage under a new epoch. Nobody else is there to change it meanwhile.</summary>
    private static async Task<StageDocument> ChangeAsync(
        ServiceProvider services, OperatedGroup group, Func<StageDocument, StageDocument> change, string reason, CancellationToken cancellationToken)
    {
        var documents = services.GetRequiredService<StageDocuments>();
        var seen = await documents.FindLatestAsync(group.Group, cancellationToken);
        return await documents.TryChangeAsync(group.Group, seen, change, Who, reason, cancellationToken)
            ?? throw new InvalidDataException($"The stage of '{group.Name}' was changed meanwhile. Nothing was restored.");
    }
}

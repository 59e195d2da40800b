using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Tests.Migration.Model;

/// <summary>An operator who moves the group there and back, in the order in which AdvanceGroup and RollBackGroup do.</summary>
internal sealed class ModelMover(ModelWorld world, ModelInstance instance, IReadOnlyList<string> keys)
{
    private const int Tries = 8;

    /// <summary>How many moves came to their end.</summary>
    public int Moves { get; private set; }

    public async Task WalkAsync()
    {
        for (var i = 0; i < 8; i++)
        {
            for (var pause = world.Schedule.Dice.Next(30); pause > 0; pause--)
            {
                await world.Schedule.StepAsync();
            }

            var isForward = world.Schedule.Chance(0.65);
            Moves += world.Stage.Stage switch
            {
                Stage.Kv => Change(stage => stage with { Stage = Stage.Copy }),
                Stage.Copy when isForward => await ToSqlAsync(),
                Stage.Copy => await ForAllAsync(HandBackAsync) ? Change(stage => stage with { Stage = Stage.Kv }) : 0,
                Stage.Sql when isForward => await ToSqlOnlyAsync(),
                Stage.Sql => await ToCopyAsync(),
                _ => await ReturnAsync(),
            };
        }
    }

    /// <summary>Settles everything, with the store that owns it as the measure.</summary>
    public string? Finish(Func<ModelWorld, ModelInstance, string, string?> settle) => keys.Select(key => settle(world, instance, key)).FirstOrDefault(problem => problem is not null);

    private int Change(Func<StageDocument, StageDocument> change)
    {
        world.ChangeStage(change);
        return 1;
    }

    private async Task<int> ToSqlAsync()
    {
        world.ChangeStage(stage => stage with { Stage = Stage.Sql, Percent = 100 });
        await ForAllAsync(HandOverAsync);
        return 1;
    }

    private async Task<int> ToSqlOnlyAsync()
    {
        world.ChangeStage(stage => stage with { IsLeaving = true });
        await world.SettleStageAsync();
        if (await ForAllAsync(HandOverAsync) && await ForAllAsync(ReconcileAsync) && await ForAllAsync(IsSqlOwnedAsync) && await ForAllAsync(_ => ReplayAsync()))
        {
            world.ChangeStage(stage => stage with { Stage = Stage.SqlOnly, IsLeaving = false });
            world.MustHoldAll = false;
            await world.SettleStageAsync();
            return 1;
        }

        world.ChangeStage(stage => stage with { IsLeaving = false });
        return 0;
    }

    private async Task<int> ReturnAsync()
    {
        world.ChangeStage(stage => stage with { IsReturning = true });
        await world.SettleStageAsync();
        if (!await ForAllAsync(ReconcileAsync))
        {
            return 0;
        }

        world.MustHoldAll = true;
        world.ChangeStage(stage => stage with { Stage = Stage.Sql, IsReturning = false, IsLeaving = true });
        await world.SettleStageAsync();
        return Change(stage => stage with { IsLeaving = false });
    }

    private async Task<int> ToCopyAsync()
    {
        world.ChangeStage(stage => stage with { Stage = Stage.Copy, IsLeaving = false });
        await ForAllAsync(HandBackAsync);
        return 1;
    }

    private async Task<bool> ForAllAsync(Func<string, Task<bool>> step)
    {
        foreach (var key in keys)
        {
            var isDone = false;
            for (var i = 0; i < Tries && !isDone; i++)
            {
                try
                {
                    isDone = await step(key);
                }
                catch (Exception exception) when (exception is KeyValueException or StorageException)
                {
                    // Once more.
                }
            }

            if (!isDone)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> HandOverAsync(string key) =>
        await instance.HandOver.ExecuteAsync(instance.Key(key), await instance.Heads.ReadAsync(key, default), default);

    private async Task<bool> HandBackAsync(string key)
    {
        await instance.HandBack.ExecuteAsync(instance.Key(key), default);
        return true;
    }

    private async Task<bool> ReconcileAsync(string key) =>
        await instance.Reconcile.ExecuteAsync(instance.Key(key), comparesValues: false, default) is not (Reconciliation.Unsettled or Reconciliation.Failed);

    private async Task<bool> ReplayAsync() => (await instance.Replay.ExecuteAsync(TimeSpan.Zero, default)).Count == 0;

    private async Task<bool> IsSqlOwnedAsync(string key) => (await world.Sql.ReadStateAsync(key, default)).State.IsOwnedBySql;
}

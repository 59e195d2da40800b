using System.Text;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Tests.Migration.Model;

namespace TraderHub.Core.Tests.Migration;

/// <summary>What the random schedules do not tell apart: each rule of the protocol by itself.</summary>
public sealed class OwnershipTests
{
    private const string Key = "words:a";

    private readonly ModelWorld world = new(seed: 1) { FollowsAtOnce = true, MustHoldAll = false };

    private readonly ModelInstance instance;

    public OwnershipTests() => instance = new ModelInstance(world);

    [Fact]
    public void HandOver_OfAKeyWhoseRowsRenderSomethingElse_LeavesItWhereItIs() => Run(async () =>
    {
        world.ChangeStage(stage => stage with { Stage = Stage.Copy });
        await instance.AppendAsync(Key, "a");
        world.Sql.LosesRows = true;

        Assert.False(await instance.HandOver.ExecuteAsync(instance.Key(Key), await instance.Heads.ReadAsync(Key, default), default));
        Assert.False((await instance.Heads.ReadAsync(Key, default)).State.IsOwnedBySql);
    });

    [Fact]
    public void Write_WhenAHandBackWasBrokenOff_FinishesItAndIsAcknowledged() => Run(async () =>
    {
        await OwnBySqlAsync("a");
        await world.Group.Sql.InTransactionAsync(
            async transaction =>
            {
                var current = (await transaction.LockAsync([Key]))[Key];
                await transaction.SaveAsync([KeyWrite.Keep(world.Group.EntityOf(Key), Key, current with { State = current.State.WithNextOwner() })]);
                return true;
            },
            default);
        world.ChangeStage(stage => stage with { Stage = Stage.Copy });

        Assert.True(await instance.AppendAsync(Key, "b"));
        Assert.Equal((2L, "a,b"), InKv());
    });

    [Fact]
    public void ForcedHandBack_WithSqlDown_MakesTheKeyTheKeyValueStores() => Run(async () =>
    {
        await OwnBySqlAsync("a");
        world.ChangeStage(stage => stage with { Stage = Stage.Copy });
        world.Sql.IsDown = true;
        await instance.HandBack.ForceAsync(Key, default);

        Assert.True(await instance.AppendAsync(Key, "b"));
        Assert.Equal((2L, "a,b"), InKv());
    });

    [Fact]
    public void AMirror_ThatComesAfterAForcedHandBack_LeavesTheKeyToItsOwner_AndIsNoDivergence() => Run(async () =>
    {
        await OwnBySqlAsync("a");
        var late = world.Sql.Peek(Key).Sync.State.AfterPut(OperationId.New(), expiresAt: null);
        await instance.HandBack.ForceAsync(Key, default);

        Assert.Equal(MirrorOutcome.OwnerChanged, await new Mirror(instance.Heads).ExecuteAsync(Key, late, "a,b"u8.ToArray(), default));
        Assert.Equal((2L, "a"), InKv());
    });

    /// <summary>Both raise the term from the same, one without the other; then both have counted as far.</summary>
    [Fact]
    public void WhatSqlHadBesidesAForcedHandBack_AndNobodyWasTold_IsNoPartOfTheHistory() => Run(async () =>
    {
        await OwnBySqlAsync("a");
        world.Kv.FailuresAhead = 1000;
        Assert.False(await instance.AppendAsync(Key, "unheard"));
        world.Kv.FailuresAhead = 0;
        world.ChangeStage(stage => stage with { Stage = Stage.Copy });
        await instance.HandBack.ForceAsync(Key, default);
        await instance.HandBack.ExecuteAsync(instance.Key(Key), default);
        world.Sql.IsDown = true;
        Assert.True(await instance.AppendAsync(Key, "b"));
        world.Sql.IsDown = false;

        await instance.Reconcile.ExecuteAsync(instance.Key(Key), comparesValues: false, default);

        Assert.Equal((2L, "a,b"), InKv());
        Assert.Equal("a,b", Encoding.UTF8.GetString(world.Sql.Peek(Key).Rows!.Value.Span));
        Assert.Equal(Reconciliation.Settled, await instance.Reconcile.ExecuteAsync(instance.Key(Key), comparesValues: true, default));
    });

    [Fact]
    public void HandBack_OfAKeyThatSqlDoesNotKnow_LeavesWhatTheKeyValueStoreHas() => Run(async () =>
    {
        world.Kv.Poke(Key, "old");
        await instance.HandBack.ExecuteAsync(instance.Key(Key), default);
        await instance.HandBack.ExecuteAsync(instance.Key("words:nobody"), default);

        Assert.Equal("old", Encoding.UTF8.GetString(world.Kv.Peek(Key)!.Value.Span));
        Assert.Null(world.Kv.Peek("words:nobody"));
    });

    [Theory]
    [InlineData(OperationIds.Most - 1, true)]
    [InlineData(OperationIds.Most, false)]
    public void AWrite_WhoseAnswerWasLost_IsNotDoneAgain_AlsoWhenOthersHaveMadeItForgotten(int others, bool isAcknowledged) => Run(async () =>
    {
        world.Kv.AfterLostWrite = () =>
        {
            var state = KeyHead.Read(world.Kv.Peek(Key)!.Metadata)!;
            for (var i = 0; i < others; i++)
            {
                state = state.AfterPut(OperationId.New(), null);
            }

            world.Kv.Poke(Key, "lost,others", KeyHead.Write(state));
        };

        Assert.Equal(isAcknowledged, await instance.AppendAsync(Key, "lost"));
        Assert.Equal((0L, "lost,others"), InKv());
    });

    [Fact]
    public void AWrite_OfAKeyWithALongHistory_IsTriedAgain_WhenTheFirstTryDidNothing() => Run(async () =>
    {
        for (var i = 0; i <= OperationIds.Most; i++)
        {
            await instance.AppendAsync(Key, $"w{i}");
        }

        world.Kv.FailuresAhead = 1;

        Assert.True(await instance.AppendAsync(Key, "after"));
    });

    [Fact]
    public void AnOperation_SentAgain_IsDoneOnce_WhoeverOwnsTheKeyMeanwhile() => Run(async () =>
    {
        await instance.AppendAsync(Key, "a");
        await OwnBySqlAsync("b");
        await instance.AppendAsync(Key, "a");
        world.ChangeStage(stage => stage with { Stage = Stage.Copy });
        await instance.HandBack.ExecuteAsync(instance.Key(Key), default);
        await instance.AppendAsync(Key, "b");

        Assert.Equal((2L, "a,b"), InKv());
    });

    [Fact]
    public void AKeyThatExpired_IsNotThere_AndIsATombstoneAfterwards_AndComesBackWithANewValue() => Run(async () =>
    {
        world.ChangeStage(stage => stage with { Stage = Stage.Copy });
        await instance.AppendAsync(Key, "a", instance.Clock.GetUtcNow().ToUnixTimeSeconds() + 60);
        instance.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Empty(await instance.ReadAsync(Key));
        await instance.Reconcile.ExecuteAsync(instance.Key(Key), comparesValues: true, default);
        Assert.Equal((true, null), (world.Sql.Peek(Key).Sync.State.IsExpired, world.Sql.Peek(Key).Rows));
        Assert.True(await instance.AppendAsync(Key, "b"));
        Assert.Equal((0L, "b"), InKv());
    });

    [Fact]
    public void ATombstone_GoesAfterADay_FromBothStores_AndOnlyWhenBothAgree() => Run(async () =>
    {
        await OwnBySqlAsync("a");
        await instance.DeleteAsync(Key, "gone");
        Assert.False(await instance.Forget.ExecuteAsync(instance.Key(Key), default));
        instance.Clock.Advance(TimeSpan.FromHours(25));

        Assert.True(await instance.Forget.ExecuteAsync(instance.Key(Key), default));
        Assert.Null(world.Kv.Peek(Key));
        Assert.Equal(SyncState.Unknown, world.Sql.Peek(Key).Sync);
        Assert.True(await instance.AppendAsync(Key, "again"));
    });

    [Fact]
    public void SqlThatHasLostWrites_FreezesTheGroup_InsteadOfWritingOverThem() => Run(async () =>
    {
        await OwnBySqlAsync("a");
        var backup = world.Sql.Peek(Key);
        await instance.AppendAsync(Key, "b");
        world.Sql.Poke(Key, backup);

        Assert.False(await instance.AppendAsync(Key, "c"));
        Assert.NotNull(world.Stage.FrozenBecause);
        Assert.Equal((1L, "a,b"), InKv());
        Assert.Equal(["a", "b"], await instance.ReadAsync(Key));
    });

    [Fact]
    public void AKeyWrittenPastTheEngine_WhileSqlOwnsIt_IsPutRightFromSql() => Run(async () =>
    {
        await OwnBySqlAsync("a");
        world.Kv.Poke(Key, "foreign");

        Assert.True(await instance.AppendAsync(Key, "b"));
        Assert.Equal((1L, "a,b"), InKv());
    });

    [Fact]
    public void AKeyWrittenPastTheEngine_WhileTheKeyValueStoreOwnsIt_IsCopied() => Run(async () =>
    {
        world.ChangeStage(stage => stage with { Stage = Stage.Copy });
        world.Kv.Poke(Key, "old");
        await instance.Reconcile.ExecuteAsync(instance.Key(Key), comparesValues: false, default);
        world.Kv.Poke(Key, "new");
        await instance.Reconcile.ExecuteAsync(instance.Key(Key), comparesValues: false, default);

        Assert.Equal("new", Encoding.UTF8.GetString(world.Sql.Peek(Key).Rows!.Value.Span));
    });

    private async Task OwnBySqlAsync(string word)
    {
        world.ChangeStage(stage => stage with { Stage = Stage.Sql, Percent = 100 });
        Assert.True(await instance.AppendAsync(Key, word));
        Assert.True(world.Sql.Peek(Key).Sync.State.IsOwnedBySql);
    }

    private (long Term, string Value) InKv()
    {
        var entry = world.Kv.Peek(Key)!;
        return (KeyHead.Read(entry.Metadata)!.Term, Encoding.UTF8.GetString(entry.Value.Span));
    }

    private void Run(Func<Task> script)
    {
        world.Schedule.Start("script", script, isMortal: false);
        world.Schedule.Run();
    }
}

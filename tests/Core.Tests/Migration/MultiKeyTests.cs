using System.Text.Json;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Tests.Migration.Model;

namespace TraderHub.Core.Tests.Migration;

/// <summary>Operations on several keys, rule by rule: all of the keys have them in the end, or none (rule M10).</summary>
public sealed class MultiKeyTests
{
    private const string A = "words:a";
    private const string B = "words:b";
    private const string Word = "both";

    private static readonly string[] Keys = [A, B];
    private static readonly OperationId Id = OperationId.Of(Word);

    private readonly ModelWorld world = new(seed: 1) { FollowsAtOnce = true, MustHoldAll = false };
    private readonly ModelInstance instance;
    private readonly Intents intents;

    public MultiKeyTests() => (instance, intents) = (new ModelInstance(world), new Intents(world.Kv));

    [Theory]
    [InlineData(Stage.Kv)]
    [InlineData(Stage.Copy)]
    [InlineData(Stage.Sql)]
    public void InEveryStage_AllKeysHaveIt_AndNoIntentIsLeft(Stage stage) => Run(async () =>
    {
        world.ChangeStage(document => document with { Stage = stage, Percent = 100 });

        Assert.True(await instance.AppendToAllAsync(Keys, Word));
        Assert.True(await instance.AppendToAllAsync(Keys, Word));
        Assert.Equal((Word, Word), InKv());
        Assert.Null(await intents.FindAsync(Id, default));
    });

    [Fact]
    public void WhereSqlAloneHasTheGroup_TheKeyValueStoreIsNotAsked() => Run(async () =>
    {
        world.ChangeStage(document => document with { Stage = Stage.SqlOnly });
        world.Kv.IsDown = true;

        Assert.True(await instance.AppendToAllAsync(Keys, Word));
        Assert.True(await instance.AppendToAllAsync(Keys, Word));
        Assert.Empty(await instance.Replay.ExecuteAsync(TimeSpan.Zero, default));
        Assert.Equal([Word, Word], Keys.SelectMany(key => ModelWorld.Words(world.Sql.Peek(key).Rows)));
    });

    /// <summary>In stage sql a key may be either's: the keys change one after the other, and SQL's key in its mirror too.</summary>
    [Fact]
    public void WhereEachStoreOwnsOneKey_BothHaveIt() => Run(async () =>
    {
        world.ChangeStage(document => document with { Stage = Stage.Sql, Percent = 100 });
        await instance.AppendAsync(A, "a");
        world.ChangeStage(document => document with { Percent = 0 });

        Assert.True(await instance.AppendToAllAsync(Keys, Word));
        Assert.Equal(($"a,{Word}", Word), InKv());
        Assert.True(world.Sql.Peek(A).Sync.State.IsOwnedBySql);
        Assert.False(world.Sql.Peek(B).Sync.State.IsOwnedBySql);
    });

    [Theory]
    [InlineData(Stage.Kv)]
    [InlineData(Stage.Sql)]
    public void ARefusal_TouchesNoKey_AndLeavesNoIntent(Stage stage) => Run(async () =>
    {
        world.ChangeStage(document => document with { Stage = stage, Percent = 100 });
        for (var i = 0; i < WordForAll.Full; i++)
        {
            await instance.AppendAsync(B, $"w{i}");
        }

        Assert.False(await instance.AppendToAllAsync(Keys, Word));
        Assert.Empty(await instance.ReadAsync(A));
        Assert.Null(await intents.FindAsync(Id, default));
    });

    [Fact]
    public void WhatAnInstanceHasBegunAndNotEnded_IsFinishedByAnother_WhateverTheKeysHaveMeanwhile() => Run(async () =>
    {
        await BeginAsync(isDoneOnA: true);
        for (var i = 0; i < WordForAll.Full; i++)
        {
            await instance.AppendAsync(B, $"w{i}");
        }

        Assert.Single(await instance.Replay.ExecuteAsync(TimeSpan.FromHours(1), default));
        Assert.Empty(await instance.Replay.ExecuteAsync(TimeSpan.Zero, default));
        Assert.Equal((Word, $"w0,w1,w2,w3,w4,w5,w6,w7,{Word}"), InKv());
        Assert.Null(await intents.FindAsync(Id, default));
    });

    [Theory]
    [InlineData(Stage.Kv)]
    [InlineData(Stage.Sql)]
    public void SentAgainBeforeItIsFinished_ItIsFinished_AndNotBegunAnew(Stage stage) => Run(async () =>
    {
        await BeginAsync(isDoneOnA: true);
        world.ChangeStage(document => document with { Stage = stage, Percent = 100 });

        Assert.True(await instance.AppendToAllAsync(Keys, Word));
        Assert.Equal((Word, Word), InKv());
        Assert.Null(await intents.FindAsync(Id, default));
    });

    /// <summary>An instance that was away for long cannot tell any more whether a key has it, and must not do it again.</summary>
    [Fact]
    public void OnAKeyThatMayHaveForgottenIt_ItIsNotDoneAgain_AndThatIsSaid() => Run(async () =>
    {
        await BeginAsync(isDoneOnA: true);
        for (var i = 0; i < OperationIds.Most; i++)
        {
            await instance.AppendAsync(A, $"w{i}");
        }

        var unfinished = await instance.Replay.ExecuteAsync(TimeSpan.Zero, default);

        Assert.Contains("can no longer be told", Assert.Single(unfinished).ToString(), StringComparison.Ordinal);
        Assert.Single(await instance.ReadAsync(A), Word);
    });

    [Fact]
    public void AnOperationThatIsNotKnownHere_IsLeftToAnInstanceThatKnowsIt() => Run(async () =>
    {
        await BeginAsync(isDoneOnA: false, "of-a-later-version");

        Assert.Contains("of-a-later-version", Assert.Single(await instance.Replay.ExecuteAsync(TimeSpan.Zero, default)).Reason, StringComparison.Ordinal);
        Assert.NotNull(await intents.FindAsync(Id, default));
    });

    [Fact]
    public void AFrozenGroup_TakesNone_AndFinishesNoneUntilItThaws() => Run(async () =>
    {
        await BeginAsync(isDoneOnA: true);
        world.ChangeStage(document => document with { FrozenBecause = "SQL has lost writes." });

        Assert.False(await instance.AppendToAllAsync(Keys, "other"));
        Assert.Single(await instance.Replay.ExecuteAsync(TimeSpan.Zero, default));
        world.ChangeStage(document => document with { FrozenBecause = null });
        Assert.Empty(await instance.Replay.ExecuteAsync(TimeSpan.Zero, default));
        Assert.Equal((Word, Word), InKv());
    });

    /// <summary>What an instance leaves behind that dies after it has put the intent down, and has perhaps changed the first key.</summary>
    private async Task BeginAsync(bool isDoneOnA, string? operation = null)
    {
        var arguments = WordForAll.Kind.Write(new(Word, Keys));
        var decision = JsonSerializer.SerializeToElement(new WordForAll.Decision(Word), WordForAllJson.Default.Decision);
        var versions = Keys.ToDictionary(key => key, _ => 0L);
        await intents.TryAddAsync(Id, new(world.Group.Name, operation ?? WordForAll.Kind.Name, arguments, decision, versions, "2026-11-21T09:30:00.000Z"), default);
        if (isDoneOnA)
        {
            world.Kv.Poke(A, Word, KeyHead.Write(KeyState.Unknown.AfterPut(Id, expiresAt: null)));
        }
    }

    private (string A, string B) InKv() => (string.Join(',', ModelWorld.Words(world.Kv.Peek(A)?.Value)), string.Join(',', ModelWorld.Words(world.Kv.Peek(B)?.Value)));

    private void Run(Func<Task> script)
    {
        world.Schedule.Start("script", script, isMortal: false);
        world.Schedule.Run();
    }
}

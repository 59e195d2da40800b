using System.Text;
using NodaTime;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Tests.Migration.Model;

namespace TraderHub.Core.Tests.Migration;

/// <summary>Keys are copied in parts, which are read before their transaction begins: what others write meanwhile must not be undone.</summary>
public sealed class CopyKeysTests
{
    private const string Key = "words:a";

    [Fact]
    public void AKeyWithoutHead_ThatIsWrittenWhileItIsCopied_IsInSqlWhatItIsInTheKeyValueStore()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var world = new ModelWorld(seed) { FollowsAtOnce = true, MustHoldAll = false };
            var instance = new ModelInstance(world);
            world.ChangeStage(stage => stage with { Stage = Stage.Copy });
            world.Kv.Poke(Key, "old");
            world.Schedule.Start("copy", () => CopyAsync(world, instance), isMortal: false);
            world.Schedule.Start("append", () => instance.AppendAsync(Key, "new"), isMortal: false);

            world.Schedule.Run();

            var entry = world.Kv.Peek(Key)!;
            var synced = world.Sql.Peek(Key);
            Assert.Equal(KeyHead.Read(entry.Metadata), synced.Sync.State);
            Assert.Equal((seed, "old,new", "old,new"), (seed, Text(entry.Value), Text(synced.Rows!.Value)));
        }
    }

    [Fact]
    public void AKeyThatWasWrittenPastTheEngine_IsCopiedAgain()
    {
        var world = new ModelWorld(seed: 1) { FollowsAtOnce = true, MustHoldAll = false };
        var instance = new ModelInstance(world);
        world.ChangeStage(stage => stage with { Stage = Stage.Copy });
        world.Schedule.Start("script", () => CopyPastTheEngineAsync(world, instance), isMortal: false);

        world.Schedule.Run();

        var synced = world.Sql.Peek(Key);
        Assert.Equal((1L, "foreign"), (synced.Sync.State.Version, Text(synced.Rows!.Value)));
    }

    private static async Task CopyPastTheEngineAsync(ModelWorld world, ModelInstance instance)
    {
        await instance.AppendAsync(Key, "a");
        world.Kv.Poke(Key, "foreign");
        await CopyAsync(world, instance);
    }

    /// <summary>What a sweep does with a key that has no head.</summary>
    private static async Task CopyAsync(ModelWorld world, ModelInstance instance)
    {
        var now = Instant.FromUnixTimeSeconds(0);
        var sync = await world.Sql.ReadStateAsync(Key, default);
        var run = await world.Group.Runs.TryBeginAsync("model", RunKind.Backfill, "test", now, now, default);
        var copy = new CopyKeys(instance.Heads, instance.Clock);
        await copy.WriteAsync(await copy.ReadAsync([new WalkedKey(instance.Key(Key), Head: null, IsInKv: true, sync)], default), run!, default);
    }

    private static string Text(ReadOnlyMemory<byte> value) => Encoding.UTF8.GetString(value.Span);
}

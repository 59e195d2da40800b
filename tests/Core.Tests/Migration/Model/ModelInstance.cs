using System.Text;
using TraderHub.Core.Migration;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Watching;

namespace TraderHub.Core.Tests.Migration.Model;

/// <summary>An instance of the engine, with its own clock and its own idea of the stage.</summary>
internal sealed class ModelInstance
{
    private readonly ModelWorld world;
    private readonly WriteKey write;
    private readonly ReadKey read;
    private readonly WriteKeys writeKeys;

    public ModelInstance(ModelWorld world)
    {
        this.world = world;
        var clock = new ModelClock(world.Schedule, TimeSpan.FromSeconds(world.Schedule.Dice.Next(1200) - 600));
        var heads = new HeadedStore(world.Kv, new EngineFigures(clock));
        var stages = new ModelStages(world);
        var place = new PlaceKey(heads);
        var mirror = new Mirror(heads);
        Clock = clock;
        Forget = new ForgetKey(heads, clock);
        HandOver = new HandOver(heads);
        HandBack = new HandBack(heads);
        Reconcile = new Reconcile(heads, stages, place, mirror, HandBack, clock);
        var writeSql = new WriteSqlKey(mirror, HandBack, stages, new MigrationOptions(), clock);
        write = new WriteKey(heads, stages, place, HandOver, writeSql, clock);
        var intents = new Intents(world.Kv);
        read = new ReadKey(heads, stages, clock);
        var carryOut = new CarryOutIntent(write, new SealKeys(write, read, intents, clock), intents, clock);
        writeKeys = new WriteKeys(heads, stages, place, write, new WriteSqlKeys(writeSql, HandBack, clock), HandBack, intents, carryOut, clock);
        Replay = new ReplayIntents(intents, carryOut, stages, [world.Group], clock);
        Heads = heads;
    }

    public HeadedStore Heads { get; }

    public ModelClock Clock { get; }

    public ForgetKey Forget { get; }

    public HandOver HandOver { get; }

    public HandBack HandBack { get; }

    public Reconcile Reconcile { get; }

    public ReplayIntents Replay { get; }

    public ManagedKey Key(string name) => ManagedKey.Of(world.Group, name);

    public async Task<bool> AppendAsync(string key, string word, long? expiresAt = null)
    {
        var written = await write.ExecuteAsync(Key(key), OperationId.Of(key, word), current => Append(current, word, expiresAt), CancellationToken.None);
        return written.Error is null;
    }

    public async Task<bool> AppendToAllAsync(IReadOnlyList<string> keys, string word)
    {
        var arguments = WordForAll.Kind.Write(new(word, keys));
        var written = await writeKeys.ExecuteAsync(new(world.Group, OperationId.Of(word), WordForAll.Kind, arguments), CancellationToken.None);
        return written.Error is null;
    }

    public async Task<bool> MoveAsync(string from, string to)
    {
        var written = await writeKeys.ExecuteAsync(
            new(world.Group, OperationId.Of("move", from, to), MoveWords.Kind, MoveWords.Kind.Write(new(from, to))), CancellationToken.None);
        return written.Error is null;
    }

    public async Task<bool> DeleteAsync(string key, string word)
    {
        var written = await write.ExecuteAsync(Key(key), OperationId.Of(key, word), _ => KeyChange.Delete, CancellationToken.None);
        return written.Error is null;
    }

    public async Task<IReadOnlyList<string>> ReadAsync(string key) => ModelWorld.Words((await read.ExecuteAsync(Key(key), CancellationToken.None)).Value);

    internal static KeyChange Append(ReadOnlyMemory<byte>? current, string word, long? expiresAt) =>
        KeyChange.Put(Encoding.UTF8.GetBytes(string.Join(',', [.. ModelWorld.Words(current), word])), expiresAt);

    /// <summary>The stage as this instance saw it last, which may be an old one.</summary>
    private sealed class ModelStages(ModelWorld world) : IStages
    {
        private StageDocument seen = world.Stage;

        public ValueTask<StageDocument> GetAsync(string group, CancellationToken cancellationToken)
        {
            seen = world.FollowsAtOnce || seen.Epoch < world.OldestEpoch || world.Schedule.Chance(0.5) ? world.Stage : seen;
            world.Schedule.Current!.SeenEpoch = seen.Epoch;
            return new(seen);
        }

        public Task FreezeAsync(string group, string reason, CancellationToken cancellationToken)
        {
            world.Stage = world.Stage with { FrozenBecause = reason };
            return Task.CompletedTask;
        }
    }
}

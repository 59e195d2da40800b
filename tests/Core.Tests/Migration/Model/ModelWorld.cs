using System.Text;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Stages;

namespace TraderHub.Core.Tests.Migration.Model;

/// <summary>Both stores, the stage, and what was promised to callers.</summary>
internal sealed class ModelWorld
{
    private readonly Dictionary<string, List<Promise>> promises = [];
    private readonly List<(string Word, IReadOnlyList<string> Keys)> wordsForAll = [];

    public ModelWorld(int seed)
    {
        Schedule = new Schedule(seed);
        Kv = new ScheduledStore(Schedule);
        Sql = new ScheduledSql(Schedule);
        Group = new EntityGroup("model", [new ModelEntity()], Sql, new ScheduledStageRecords(Schedule), new ScheduledRuns(Schedule)) { Operations = [WordForAll.Kind, MoveWords.Kind] };
        Schedule.AfterStep = Check;
    }

    public Schedule Schedule { get; }

    public ScheduledStore Kv { get; }

    public ScheduledSql Sql { get; }

    public EntityGroup Group { get; }

    public StageDocument Stage { get; set; } = new(Core.Migration.Stages.Stage.Kv, 1, string.Empty, "model", string.Empty);

    /// <summary>The oldest stage that an instance may still go by when it begins a write.</summary>
    public long OldestEpoch { get; private set; }

    /// <summary>Whether every instance sees a stage as soon as it is there.</summary>
    public bool FollowsAtOnce { get; set; }

    /// <summary>Whether the key-value store has to hold every acknowledged write at every instant.</summary>
    public bool MustHoldAll { get; set; } = true;

    public static IReadOnlyList<string> Words(ReadOnlyMemory<byte>? value) =>
        value is { IsEmpty: false } bytes ? Encoding.UTF8.GetString(bytes.Span).Split(',') : [];

    /// <summary>Somebody appends a word; what it was told is remembered.</summary>
    public void StartAppend(ModelInstance instance, string key, string word)
    {
        var promise = new Promise(word);
        Of(key).Add(promise);
        Schedule.Start($"append {word}", async () => promise.IsAcknowledged = await instance.AppendAsync(key, word));
    }

    /// <summary>Somebody appends a word to several keys.</summary>
    public void StartAppendToAll(ModelInstance instance, IReadOnlyList<string> keys, string word)
    {
        var promise = new Promise(word);
        foreach (var key in keys)
        {
            Of(key).Add(promise);
        }

        wordsForAll.Add((word, keys));
        Schedule.Start($"append {word} to all", async () => promise.IsAcknowledged = await instance.AppendToAllAsync(keys, word));
    }

    /// <summary>Somebody reads: what was acknowledged before must be there.</summary>
    public void StartRead(ModelInstance instance, string key) => Schedule.Start("read", async () =>
    {
        await Schedule.StepAsync();
        var expected = Of(key).Where(promise => promise.IsAcknowledged).Select(promise => promise.Word).ToList();
        IReadOnlyList<string> found;
        try
        {
            found = await instance.ReadAsync(key);
        }
        catch (Exception exception) when (exception is Core.KeyValue.KeyValueException or Core.Platform.StorageException)
        {
            return;
        }

        if (expected.Except(found).Any())
        {
            throw new InvalidOperationException($"A reader was told [{string.Join(' ', found)}] after [{string.Join(' ', expected)}] had been acknowledged.");
        }
    });

    /// <summary>Changes the stage; instances follow one after the other.</summary>
    public void ChangeStage(Func<StageDocument, StageDocument> change) => Stage = change(Stage) with { Epoch = Stage.Epoch + 1 };

    /// <summary>Waits until nobody writes on an older stage.</summary>
    public async Task SettleStageAsync()
    {
        OldestEpoch = Stage.Epoch;
        while (Schedule.IsSomebodyBehind(Stage.Epoch))
        {
            await Schedule.StepAsync();
        }
    }

    /// <summary>What is wrong at the end, when everything was settled; null when nothing is.</summary>
    public string? FindProblem(string key)
    {
        var copy = Kv.Peek(key) is { } entry ? (KeyHead.Read(entry.Metadata) ?? KeyState.Unknown with { DeletedAt = null }, entry.Value) : (KeyState.Unknown, default);
        var synced = Sql.Peek(key);
        var inKv = Words(copy.Item2);
        var inSql = Words(synced.Value);
        var final = copy.Item1.IsOwnedBySql ? inSql : inKv;
        var lost = Of(key).Where(promise => promise.IsAcknowledged && !final.Contains(promise.Word)).Select(promise => promise.Word).ToList();
        return lost.Count > 0 ? $"lost {string.Join(' ', lost)} of [{string.Join(' ', final)}]"
            : final.Distinct().Count() != final.Count ? $"doubled [{string.Join(' ', final)}]"
            : final.Except(Of(key).Select(promise => promise.Word)).Any() ? $"made up [{string.Join(' ', final)}]"
            : !inKv.SequenceEqual(inSql) || !copy.Item1.IsSamePointAs(synced.Sync.State)
                ? $"apart: kv {copy.Item1.Term}.{copy.Item1.Version} [{string.Join(' ', inKv)}] sql {synced.Sync.State.Term}.{synced.Sync.State.Version} [{string.Join(' ', inSql)}]"
            : null;
    }

    /// <summary>A word for all keys that only some have, when everything was settled; null when there is none.</summary>
    public string? FindHalfDone() => wordsForAll
        .Where(all => all.Keys.Select(key => Words(Kv.Peek(key)?.Value).Contains(all.Word)).Distinct().Count() > 1)
        .Select(all => $"{all.Word} is half done")
        .FirstOrDefault();

    private List<Promise> Of(string key) => promises.TryGetValue(key, out var list) ? list : promises[key] = [];

    private void Check()
    {
        if (!MustHoldAll)
        {
            return;
        }

        foreach (var (key, list) in promises)
        {
            var words = Words(Kv.Peek(key)?.Value);
            foreach (var promise in list)
            {
                if (promise.IsAcknowledged && !words.Contains(promise.Word))
                {
                    throw new InvalidOperationException($"{promise.Word} was acknowledged and is not in the key-value store: [{string.Join(' ', words)}].");
                }
            }
        }
    }

    private sealed record Promise(string Word)
    {
        public bool IsAcknowledged { get; set; }
    }
}

using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Watching;

namespace TraderHub.Core.Migration.Stages;

/// <summary>The running instances: each raises a counter of its own, and says what it has seen of the stages and how both stores serve it.</summary>
public sealed class Instances(IKeyValueStore store, KnownStages stages, IEnumerable<EntityGroup> groups, EngineFigures figures, TimeProvider clock)
{
    /// <summary>What the engine's own keys of this kind begin with.</summary>
    public const string Prefix = "~inst/";

    /// <summary>How often an instance raises its counter.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private const int EngineVersion = 1;

    /// <summary>Long, as it ends by the reader's clock, which may be many minutes ahead: an instance that nobody sees is not waited for.</summary>
    private static readonly Duration KnownFor = Duration.FromMinutes(30);

    private static readonly TimeSpan LivesFor = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly string key = $"{Prefix}{Guid.NewGuid():n}";
    private readonly ConcurrentDictionary<string, (long Counter, long ChangedAt)> watched = new(StringComparer.Ordinal);
    private long counter;

    /// <summary>Gives a sign of life; none where every group is SQL's alone and nobody will ask.</summary>
    /// <exception cref="KeyValueException">The key-value store did not answer.</exception>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        var isNeeded = false;
        foreach (var group in groups)
        {
            isNeeded |= await stages.GetAsync(group.Name, cancellationToken) is not { IsSqlOnly: true, IsReturning: false };
        }

        if (isNeeded)
        {
            var epochs = stages.Epochs();
            var beat = new Heartbeat(
                ++counter, EngineVersion, epochs, figures.Kv, epochs.ToDictionary(group => group.Key, group => figures.SqlOf(group.Key, group.Value)));
            await store.PutAsync(
                key,
                JsonSerializer.SerializeToUtf8Bytes(beat, HeartbeatJson.Default.Heartbeat),
                new PutOptions(TimeToLive: KnownFor),
                cancellationToken);
        }
    }

    /// <summary>Takes this instance's sign of life away.</summary>
    public Task LeaveAsync(CancellationToken cancellationToken) => store.DeleteAsync(key, cancellationToken);

    /// <summary>
    /// Waits until every instance that lives has seen an epoch of a group. One that says nothing new for fifteen seconds of this clock does not live; it will learn of the
    /// epoch before it writes again (rule M3).
    /// </summary>
    /// <exception cref="KeyValueException">The key-value store did not answer.</exception>
    public async Task WaitForAsync(string group, long epoch, CancellationToken cancellationToken)
    {
        while (true)
        {
            var isBehind = false;
            await foreach (var listed in store.ListAllAsync(Prefix, cancellationToken))
            {
                isBehind |= listed.Name != key
                    && await ReadAsync(listed.Name, cancellationToken) is { } beat
                    && IsAlive(listed.Name, beat)
                    && (beat.Engine < EngineVersion || beat.Epochs.GetValueOrDefault(group) < epoch);
            }

            if (!isBehind)
            {
                return;
            }

            await Task.Delay(Look, clock, cancellationToken);
        }
    }

    /// <summary>How many instances have given a sign of life within the last half hour, and have not left since.</summary>
    /// <exception cref="KeyValueException">The key-value store did not answer.</exception>
    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var _ in store.ListAllAsync(Prefix, cancellationToken))
        {
            count++;
        }

        return count;
    }

    /// <summary>What the instances that go by an epoch of a group were served by both stores within the last minutes; null when none tells.</summary>
    /// <exception cref="KeyValueException">The key-value store did not answer.</exception>
    public async Task<(StoreFigures Sql, StoreFigures Kv)?> FindFiguresAsync(string group, long epoch, CancellationToken cancellationToken)
    {
        (StoreFigures Sql, StoreFigures Kv)? sum = null;
        await foreach (var listed in store.ListAllAsync(Prefix, cancellationToken))
        {
            if (await ReadAsync(listed.Name, cancellationToken) is { } beat
                && IsAlive(listed.Name, beat)
                && beat.Epochs.GetValueOrDefault(group) == epoch
                && beat.Sql?.GetValueOrDefault(group) is { } sql)
            {
                var (ofSql, ofKv) = sum ?? (StoreFigures.None, StoreFigures.None);
                sum = (ofSql.Plus(sql), ofKv.Plus(beat.Kv ?? StoreFigures.None));
            }
        }

        return sum;
    }

    /// <summary>One that is seen for the first time may live; one that says nothing new since does not.</summary>
    private bool IsAlive(string name, Heartbeat beat)
    {
        var now = clock.GetTimestamp();
        var last = watched.AddOrUpdate(name, _ => (beat.Counter, now), (_, seen) => seen.Counter == beat.Counter ? seen : (beat.Counter, now));
        return clock.GetElapsedTime(last.ChangedAt, now) < LivesFor;
    }

    private async Task<Heartbeat?> ReadAsync(string name, CancellationToken cancellationToken) =>
        await store.GetAsync(name, cancellationToken) is { } value ? JsonSerializer.Deserialize(value.Span, HeartbeatJson.Default.Heartbeat) : null;

    internal sealed record Heartbeat(
        long Counter, int Engine, IReadOnlyDictionary<string, long> Epochs, StoreFigures? Kv = null, IReadOnlyDictionary<string, StoreFigures>? Sql = null);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Instances.Heartbeat))]
internal sealed partial class HeartbeatJson : JsonSerializerContext;

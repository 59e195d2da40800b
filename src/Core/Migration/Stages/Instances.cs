using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;

namespace TraderHub.Core.Migration.Stages;

/// <summary>The running instances: each raises a counter of its own, and says what it has seen of the stages.</summary>
public sealed class Instances(IKeyValueStore store, KnownStages stages, IEnumerable<EntityGroup> groups, TimeProvider clock)
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
            var beat = new Heartbeat(++counter, EngineVersion, stages.Epochs());
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
        var seen = new Dictionary<string, (long Counter, long ChangedAt)>();
        while (true)
        {
            var isBehind = false;
            await foreach (var listed in store.ListAllAsync(Prefix, cancellationToken))
            {
                if (listed.Name == key || await store.GetAsync(listed.Name, cancellationToken) is not { } value)
                {
                    continue;
                }

                var beat = JsonSerializer.Deserialize(value.Span, HeartbeatJson.Default.Heartbeat)!;
                var isNew = !seen.TryGetValue(listed.Name, out var last) || last.Counter != beat.Counter;
                seen[listed.Name] = last = isNew ? (beat.Counter, clock.GetTimestamp()) : last;
                isBehind |= clock.GetElapsedTime(last.ChangedAt) < LivesFor && (beat.Engine < EngineVersion || beat.Epochs.GetValueOrDefault(group) < epoch);
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

    internal sealed record Heartbeat(long Counter, int Engine, IReadOnlyDictionary<string, long> Epochs);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Instances.Heartbeat))]
internal sealed partial class HeartbeatJson : JsonSerializerContext;

using System.Collections.Concurrent;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;

namespace TraderHub.Core.Migration.Stages;

/// <summary>What this instance knows of the stages: read anew every other second, and never older than five when a write begins (rule M3).</summary>
public sealed class KnownStages(StageDocuments documents, IEnumerable<EntityGroup> groups, TimeProvider clock) : IStages
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Oldest = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, EntityGroup> groups = groups.ToDictionary(group => group.Name, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public ValueTask<StageDocument> GetAsync(string group, CancellationToken cancellationToken) =>
        known.TryGetValue(group, out var last) && clock.GetElapsedTime(last.ReadAt) < Fresh
            ? new(last.Document)
            : new(ReadAsync(group, last, cancellationToken));

    /// <inheritdoc />
    public async Task FreezeAsync(string group, string reason, CancellationToken cancellationToken)
    {
        StageDocument? changed = null;
        while (changed is null)
        {
            var seen = await documents.FindOrChooseAsync(groups[group], cancellationToken);
            changed = seen.FrozenBecause is null
                ? await documents.TryChangeAsync(groups[group], seen, document => document with { FrozenBecause = reason }, "traderhub", reason, cancellationToken)
                : seen;
        }

        Remember(group, changed, clock.GetTimestamp());
    }

    /// <summary>What this instance has seen of each group, for its heartbeat; groups that nobody asked for yet are not among them.</summary>
    public IReadOnlyDictionary<string, long> Epochs() => known.ToDictionary(entry => entry.Key, entry => entry.Value.Document.Epoch);

    private async Task<StageDocument> ReadAsync(string group, Known? last, CancellationToken cancellationToken)
    {
        // Its age counts from before it was asked for.
        var asked = clock.GetTimestamp();
        try
        {
            var document = await documents.FindOrChooseAsync(groups[group], cancellationToken);
            Remember(group, document, asked);
            return document;
        }
        catch (KeyValueException) when (last is not null && clock.GetElapsedTime(last.ReadAt) < Oldest)
        {
            return last.Document;
        }
    }

    private void Remember(string group, StageDocument document, long asked) => known.AddOrUpdate(
        group, new Known(document, asked), (_, other) => other.Document.Epoch > document.Epoch ? other : new Known(document, asked));

    private sealed record Known(StageDocument Document, long ReadAt);
}

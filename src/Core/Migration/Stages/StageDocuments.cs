using System.Text.Json;
using System.Text.Json.Serialization;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Stages;

/// <summary>The groups' stages where all instances find them: in the key-value store, and of groups that SQL alone has, in SQL.</summary>
public sealed class StageDocuments(IVersionedKeyValueStore store, TimeProvider clock)
{
    /// <summary>What the engine's own keys of this kind begin with.</summary>
    public const string Prefix = "~stage/";

    private const int MostChanges = 40;

    /// <summary>Where a group stands; null when nobody has decided yet.</summary>
    /// <exception cref="KeyValueException">The key-value store would know, and did not answer.</exception>
    public async Task<StageDocument?> FindAsync(EntityGroup group, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        return await FindInSqlAsync(group, cancellationToken) ?? (await FindInKvAsync(group.Name, cancellationToken))?.Document;
    }

    /// <summary>Where a group stands; decided now when nobody has: a group without any key in the key-value store is SQL's from the start, with the rows there are.</summary>
    /// <exception cref="KeyValueException">The key-value store did not answer, and nothing was decided.</exception>
    public async Task<StageDocument> FindOrChooseAsync(EntityGroup group, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await FindAsync(group, cancellationToken) is { } known)
            {
                return known;
            }

            var isFresh = !await HasKeysAsync(group, cancellationToken);
            var first = isFresh
                ? NewDocument(Stage.SqlOnly, 1, "traderhub", "There was nothing to move.")
                : NewDocument(Stage.Kv, 1, "traderhub", "There are keys in the key-value store.");
            if (isFresh)
            {
                await AdoptRows.ExecuteAsync(group, cancellationToken);
                await group.Stages.TrySaveAsync(group.Name, first, cancellationToken);
            }

            await store.PutIfAbsentAsync(KeyOf(group.Name), Write(first), PutOptions.None, cancellationToken);
        }
    }

    /// <summary>Changes a group's stage, when it is still as it was seen; null when it is not.</summary>
    /// <param name="group">The group.</param>
    /// <param name="seen">What it was seen as.</param>
    /// <param name="change">What becomes of it.</param>
    /// <param name="who">Who changes it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends it; it may have been changed.</param>
    /// <exception cref="KeyValueException">The key-value store did not answer.</exception>
    /// <exception cref="StorageException">SQL did not answer, and the group is SQL's alone, or to be.</exception>
    public async Task<StageDocument?> TryChangeAsync(
        EntityGroup group, StageDocument seen, Func<StageDocument, StageDocument> change, string who, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(change);
        var changed = change(seen) with { Epoch = seen.Epoch + 1, ChangedAt = clock.GetInstant().ToIso(), ChangedBy = who, Reason = reason };
        changed = changed with
        {
            History = [.. seen.History.TakeLast(MostChanges - 1), new StageChange(changed.Stage, changed.Epoch, changed.ChangedAt, who, reason)],
        };

        // The key-value store decides between two who change it at once; SQL follows, and is mended when that was broken off.
        if (!await TryWriteToKvAsync(group.Name, changed, cancellationToken))
        {
            return null;
        }

        await TellSqlAsync(group, changed, cancellationToken);
        return changed;
    }

    /// <summary>Where a group stands for those who change it: the newer of what both stores say, and both say the same afterwards.</summary>
    /// <exception cref="KeyValueException">The key-value store did not answer.</exception>
    /// <exception cref="StorageException">SQL did not answer, and it says something else.</exception>
    public async Task<StageDocument> FindLatestAsync(EntityGroup group, CancellationToken cancellationToken)
    {
        var known = await FindOrChooseAsync(group, cancellationToken);
        if ((await FindInKvAsync(group.Name, cancellationToken))?.Document is { } inKv && inKv.Epoch > known.Epoch)
        {
            await TellSqlAsync(group, inKv, cancellationToken);
            return inKv;
        }

        if (known.IsSqlOnly)
        {
            await TellSqlAsync(group, known, cancellationToken);
        }

        return known;
    }

    private static async Task TellSqlAsync(EntityGroup group, StageDocument document, CancellationToken cancellationToken)
    {
        if (document.IsSqlOnly)
        {
            await group.Stages.TrySaveAsync(group.Name, document, cancellationToken);
        }
        else if (await FindInSqlAsync(group, cancellationToken) is { } older)
        {
            await group.Stages.TryRemoveAsync(group.Name, older.Epoch, cancellationToken);
        }
    }

    private static async Task<StageDocument?> FindInSqlAsync(EntityGroup group, CancellationToken cancellationToken)
    {
        try
        {
            return await group.Stages.FindAsync(group.Name, cancellationToken);
        }
        catch (StorageException)
        {
            // The key-value store knows of it too.
            return null;
        }
    }

    private async Task<(StageDocument Document, string Version)?> FindInKvAsync(string group, CancellationToken cancellationToken) =>
        await store.GetVersionedAsync(KeyOf(group), cancellationToken) is { } found
            ? (Read(found.Entry.Value.Span, KeyOf(group)), found.Version)
            : null;

    /// <summary>Writes a document over one of a lower epoch.</summary>
    private async Task<bool> TryWriteToKvAsync(string group, StageDocument document, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await FindInKvAsync(group, cancellationToken);
            if (found?.Document.Epoch >= document.Epoch)
            {
                return document.IsSameChangeAs(found.Value.Document);
            }

            var written = found is { } older
                ? await store.PutIfMatchAsync(KeyOf(group), Write(document), PutOptions.None, older.Version, cancellationToken)
                : await store.PutIfAbsentAsync(KeyOf(group), Write(document), PutOptions.None, cancellationToken);
            if (written is not null)
            {
                return true;
            }
        }
    }

    private async Task<bool> HasKeysAsync(EntityGroup group, CancellationToken cancellationToken)
    {
        foreach (var prefix in WalkKeys.PrefixesOf(group))
        {
            await foreach (var key in store.ListAllAsync(prefix, cancellationToken))
            {
                if (group.FindEntity(key.Name) is not null)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private StageDocument NewDocument(Stage stage, long epoch, string who, string reason)
    {
        var at = clock.GetInstant().ToIso();
        return new(stage, epoch, at, who, reason) { History = [new StageChange(stage, epoch, at, who, reason)] };
    }

    private static string KeyOf(string group) => Prefix + group;

    private static byte[] Write(StageDocument document) => JsonSerializer.SerializeToUtf8Bytes(document, StageJson.Default.StageDocument);

    /// <summary>Reads a document as it is stored.</summary>
    /// <param name="document">The document.</param>
    /// <param name="place">Where it stands, for operators.</param>
    /// <exception cref="UnreadableDataException">It is none.</exception>
    public static StageDocument Read(ReadOnlySpan<byte> document, string place)
    {
        try
        {
            return JsonSerializer.Deserialize(document, StageJson.Default.StageDocument) ?? throw new JsonException("It is null.");
        }
        catch (JsonException exception)
        {
            throw new UnreadableDataException("stage of a group", place, exception);
        }
    }
}

/// <summary>How stage documents are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(StageDocument))]
public sealed partial class StageJson : JsonSerializerContext;

using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Migration;

namespace TraderHub.Core.Signals.Chats;

/// <summary>The keys that a chat is stored under, and what a decision makes of each.</summary>
internal static class ChatValues
{
    private static readonly SubscriptionsEntity Subscriptions = new();

    private static readonly WatchlistEntity Watchlists = new();

    private static readonly ExecutionsEntity Executions = new();

    private static readonly PositionsEntity Positions = new();

    /// <summary>All that there are of a chat.</summary>
    public static IReadOnlyList<string> Of(string chatId) => [SubscriptionsEntity.Key, .. OwnedBy(chatId)];

    /// <summary>Those that no other chat has a part in.</summary>
    public static IReadOnlyList<string> OwnedBy(string chatId) => [WatchlistOf(chatId), ExecutionsOf(chatId), PositionsOf(chatId)];

    /// <summary>Those that a change touches.</summary>
    public static IReadOnlyList<string> Of(ChatChange change) => change switch
    {
        Subscribe => [SubscriptionsEntity.Key, WatchlistOf(change.ChatId)],
        Unsubscribe => [SubscriptionsEntity.Key],
        AddTicker or RemoveTicker or SetWatchlist => [WatchlistOf(change.ChatId)],
        SetPosition or ClearPosition => [PositionsOf(change.ChatId)],
        Execute or RecordExecution => [ExecutionsOf(change.ChatId), PositionsOf(change.ChatId), WatchlistOf(change.ChatId)],
        _ => throw new ArgumentException($"There is no change '{change.GetType().Name}'.", nameof(change)),
    };

    /// <summary>The key of a chat's watchlist.</summary>
    public static string WatchlistOf(string chatId) => Watchlists.Prefix + chatId;

    /// <summary>The key of a chat's executions.</summary>
    public static string ExecutionsOf(string chatId) => Executions.Prefix + chatId;

    /// <summary>The key of a chat's positions.</summary>
    public static string PositionsOf(string chatId) => Positions.Prefix + chatId;

    /// <summary>What the values of a chat's keys say, those that are there; a refusal when one cannot be read.</summary>
    public static Result<ChatState> Read(string chatId, IReadOnlyDictionary<string, ReadOnlyMemory<byte>?> values)
    {
        var problems = new List<Error>();
        var ids = Parse(Subscriptions, SubscriptionsEntity.Key);
        var watchlist = Parse(Watchlists, WatchlistOf(chatId));
        var executions = Parse(Executions, ExecutionsOf(chatId));
        var positions = Parse(Positions, PositionsOf(chatId));
        return problems.Count > 0 ? problems[0] : new ChatState(chatId, ids?.Contains(chatId) ?? false, watchlist, executions ?? [], positions ?? []);

        IReadOnlyList<T>? Parse<T>(IEntity<IReadOnlyList<T>> entity, string key)
        {
            if (values.GetValueOrDefault(key) is not { } value)
            {
                return null;
            }

            var parsed = entity.Parse(key, value);
            if (parsed.Error is { } error)
            {
                problems.Add(new(ErrorKind.Conflict, "STORED_VALUE_UNREADABLE", $"What is stored under '{key}' cannot be read, and is not written over: {error}"));
            }

            return parsed.Value;
        }
    }

    /// <summary>The hash that values are compared by, whichever store each is read from; empty where there is none.</summary>
    public static string HashOf(string key, ReadOnlyMemory<byte>? value) =>
        value is { } bytes ? SyncState.HashOf(EntityOf(key).Convert(key, bytes).Value)! : string.Empty;

    /// <summary>
    /// What a key has after a decision. What others have made of it meanwhile stays, and so does what of it does not parse.
    /// </summary>
    public static KeyChange Apply(ChatChange change, ChatDecision decision, string key, ReadOnlyMemory<byte>? current) =>
        key == SubscriptionsEntity.Key ? Change(Subscriptions, key, current, ids => WithSubscription(ids, change.ChatId, decision))
        : key == WatchlistOf(change.ChatId) ? Change(Watchlists, key, current, tickers => WithTickers(change, tickers, decision))
        : key == ExecutionsOf(change.ChatId) ? Change(Executions, key, current, executions => decision.Execution is { } added ? [.. executions, added] : executions)
        : Change(Positions, key, current, positions => WithPosition(positions, decision));

    private static IReadOnlyList<string> WithSubscription(IReadOnlyList<string> ids, string chatId, ChatDecision decision) => decision.IsSubscribed switch
    {
        true => [.. ids.Append(chatId).Distinct(StringComparer.Ordinal)],
        false => [.. ids.Where(id => id != chatId)],
        null => ids,
    };

    private static IReadOnlyList<string> WithTickers(ChatChange change, IReadOnlyList<string> tickers, ChatDecision decision)
    {
        // The default is for a chat that has chosen nothing, also meanwhile.
        if (decision.Watchlist is { } watchlist && !(change is Subscribe && tickers.Count > 0))
        {
            return watchlist;
        }

        var followed = tickers.Count > 0 ? tickers : ChatRules.DefaultWatchlist;
        return decision.AddedTicker is not { } added ? tickers : followed.Contains(added) ? followed : [.. followed, added];
    }

    private static IReadOnlyList<HeldPosition> WithPosition(IReadOnlyList<HeldPosition> positions, ChatDecision decision) =>
        decision.Position is { } position ? [.. positions.Where(other => other.Ticker != position.Ticker), position]
        : decision.ClosedTicker is { } ticker ? [.. positions.Where(other => other.Ticker != ticker)]
        : positions;

    private static KeyChange Change<T>(
        IEntity<IReadOnlyList<T>> entity, string key, ReadOnlyMemory<byte>? current, Func<IReadOnlyList<T>, IReadOnlyList<T>> change)
    {
        var parsed = current is { } value ? entity.Parse(key, value) : Parsed.Of<IReadOnlyList<T>>([]);
        if (parsed.Error is not null)
        {
            return KeyChange.Put(current!.Value);
        }

        var changed = change(parsed.Value!);
        return changed.Count + parsed.Rejected.Count == 0 && key != SubscriptionsEntity.Key
            ? KeyChange.Delete
            : KeyChange.Put(entity.Render(changed, parsed.Rejected));
    }

    private static IEntity EntityOf(string key)
    {
        IEntity[] entities = [Subscriptions, Watchlists, Executions, Positions];
        return Array.Find(entities, entity => entity.Owns(key)) ?? throw new ArgumentException($"'{key}' is no key of a chat.", nameof(key));
    }
}

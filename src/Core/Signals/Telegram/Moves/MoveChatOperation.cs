using System.Text.Json.Serialization;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Signals.Migration;

namespace TraderHub.Core.Signals.Telegram.Moves;

/// <summary>
/// A group's data become its supergroup's: its keys are sealed, and what they had last is merged into the new ones. What of them does not parse goes along.
/// </summary>
public sealed class MoveChatOperation() : MultiKeyOperation<MovedChat, MergedChat>(MoveChatJson.Default.MovedChat, MoveChatJson.Default.MergedChat)
{
    private static readonly SubscriptionsEntity Subscriptions = new();
    private static readonly WatchlistEntity Watchlists = new();
    private static readonly ExecutionsEntity Executions = new();
    private static readonly PositionsEntity Positions = new();

    /// <inheritdoc />
    public override string Name => "signals.move-chat";

    /// <inheritdoc />
    protected override IReadOnlyList<string> KeysOf(MovedChat arguments) =>
        [.. SealedKeysOf(arguments), .. ChatValues.OwnedBy(arguments.To), SubscriptionsEntity.Key];

    /// <inheritdoc />
    protected override IReadOnlyList<string> SealedKeysOf(MovedChat arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return ChatValues.OwnedBy(arguments.From);
    }

    /// <inheritdoc />
    protected override Result<MergedChat> Decide(MovedChat arguments, IReadOnlyDictionary<string, ReadOnlyMemory<byte>?> values)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(values);
        var old = Read(Positions, ChatValues.PositionsOf(arguments.From), values);
        var held = Read(Positions, ChatValues.PositionsOf(arguments.To), values);
        var bought = (Old: LastPurchases(ChatValues.ExecutionsOf(arguments.From), values), New: LastPurchases(ChatValues.ExecutionsOf(arguments.To), values));

        // Of two positions in one ticker the one that was bought later is the present one; where nothing tells, the new chat's.
        var wins = old.Items.Where(position => held.Items.All(other => other.Ticker != position.Ticker)
            || bought.Old.GetValueOrDefault(position.Ticker, long.MinValue) > bought.New.GetValueOrDefault(position.Ticker, long.MinValue));
        var tickers = Read(Watchlists, ChatValues.WatchlistOf(arguments.From), values);
        var executions = Read(Executions, ChatValues.ExecutionsOf(arguments.From), values);
        return new MergedChat(
            tickers.Items, tickers.Rejected, executions.Items, executions.Rejected, [.. wins], old.Rejected);
    }

    /// <inheritdoc />
    protected override KeyChange Change(MovedChat arguments, MergedChat decision, string key, ReadOnlyMemory<byte>? current)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(decision);
        if (key == SubscriptionsEntity.Key)
        {
            return Merge(Subscriptions, key, current, ids => ids.Contains(arguments.From) ? [.. ids.Where(id => id != arguments.From && id != arguments.To), arguments.To] : ids, []);
        }

        if (SealedKeysOf(arguments).Contains(key))
        {
            return KeyChange.Delete;
        }

        return key.StartsWith(Watchlists.Prefix, StringComparison.Ordinal)
            ? Merge(Watchlists, key, current, tickers => [.. tickers.Union(decision.Tickers, StringComparer.Ordinal)], decision.RejectedTickers)
            : key.StartsWith(Executions.Prefix, StringComparison.Ordinal)
                ? Merge(Executions, key, current, executions => [.. executions, .. decision.Executions], decision.RejectedExecutions)
                : Merge(
                    Positions,
                    key,
                    current,
                    held => [.. held.Where(position => decision.Positions.All(winner => winner.Ticker != position.Ticker)), .. decision.Positions],
                    decision.RejectedPositions);
    }

    private static (IReadOnlyList<T> Items, IReadOnlyList<RejectedElement> Rejected) Read<T>(
        IEntity<IReadOnlyList<T>> entity, string key, IReadOnlyDictionary<string, ReadOnlyMemory<byte>?> values)
    {
        if (values.GetValueOrDefault(key) is not { } value)
        {
            return ([], []);
        }

        var parsed = entity.Parse(key, value);
        return (parsed.Value ?? [], parsed.Rejected);
    }

    private static Dictionary<string, long> LastPurchases(string key, IReadOnlyDictionary<string, ReadOnlyMemory<byte>?> values) => Read(Executions, key, values).Items
        .Where(execution => execution.SignalType == "BUY")
        .GroupBy(execution => execution.Ticker, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Max(execution => execution.ExecutionDate), StringComparer.Ordinal);

    /// <summary>A list with more in it; one that stays empty stays away.</summary>
    private static KeyChange Merge<T>(
        IEntity<IReadOnlyList<T>> entity, string key, ReadOnlyMemory<byte>? current, Func<IReadOnlyList<T>, IReadOnlyList<T>> merge, IReadOnlyList<RejectedElement> more)
    {
        var parsed = current is { } value ? entity.Parse(key, value) : Parsed.Of<IReadOnlyList<T>>([]);
        if (parsed.Error is not null)
        {
            // What cannot be read stays as it is, for an operator to look at.
            return KeyChange.Put(current!.Value);
        }

        var items = merge(parsed.Value!);
        var rejected = parsed.Rejected.Concat(more.Select(element => element with { Place = parsed.Value!.Count + parsed.Rejected.Count + element.Place })).ToList();
        return items.Count + rejected.Count == 0 && current is null ? KeyChange.Delete : KeyChange.Put(entity.Render(items, rejected));
    }
}

/// <summary>A group that has another id.</summary>
/// <param name="From">The old id.</param>
/// <param name="To">The new id.</param>
public sealed record MovedChat(string From, string To);

/// <summary>What the old id had last, as far as it is merged into the new one.</summary>
/// <param name="Tickers">Its watchlist.</param>
/// <param name="RejectedTickers">What of that does not parse.</param>
/// <param name="Executions">Its history.</param>
/// <param name="RejectedExecutions">What of that does not parse.</param>
/// <param name="Positions">Its positions that take the place of the new id's.</param>
/// <param name="RejectedPositions">What of its positions does not parse.</param>
public sealed record MergedChat(
    IReadOnlyList<string> Tickers,
    IReadOnlyList<RejectedElement> RejectedTickers,
    IReadOnlyList<ExecutedSignal> Executions,
    IReadOnlyList<RejectedElement> RejectedExecutions,
    IReadOnlyList<HeldPosition> Positions,
    IReadOnlyList<RejectedElement> RejectedPositions);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MovedChat))]
[JsonSerializable(typeof(MergedChat))]
internal sealed partial class MoveChatJson : JsonSerializerContext;

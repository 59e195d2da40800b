using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.MultiKey;

/// <summary>
/// A kind of change that touches several keys of one group. What it does follows from its arguments and one decision, so that any instance can finish what another one
/// has begun (rule M10).
/// </summary>
public interface IMultiKeyOperation
{
    /// <summary>Its name within the group; it stays the same for as long as one may be unfinished.</summary>
    string Name { get; }

    /// <summary>The keys that it touches.</summary>
    IReadOnlyList<string> KeysOf(JsonElement arguments);

    /// <summary>
    /// The keys, first among those that it touches, that it ends: what they have last is handed to <see cref="Decide"/>. While others may still write them, each is emptied only
    /// in the same step in which its last value is known and stored, so that no acknowledged write is lost; the decision waits for that.
    /// </summary>
    IReadOnlyList<string> SealedKeysOf(JsonElement arguments) => [];

    /// <summary>Decides once for all keys, from what they have; a refusal when it cannot be done, and then no key is touched.</summary>
    Result<JsonElement> Decide(JsonElement arguments, IReadOnlyDictionary<string, ReadOnlyMemory<byte>?> values);

    /// <summary>What one of the keys has after it. It cannot refuse any more, whatever others have made of the key since it was decided.</summary>
    KeyChange Change(JsonElement arguments, JsonElement decision, string key, ReadOnlyMemory<byte>? current);
}

/// <summary>A kind of change whose arguments and decision are typed.</summary>
/// <typeparam name="TArguments">What it is asked for.</typeparam>
/// <typeparam name="TDecision">What was decided.</typeparam>
public abstract class MultiKeyOperation<TArguments, TDecision>(JsonTypeInfo<TArguments> ofArguments, JsonTypeInfo<TDecision> ofDecision) : IMultiKeyOperation
{
    /// <inheritdoc />
    public abstract string Name { get; }

    /// <summary>The operation of a kind, ready to be written.</summary>
    public JsonElement Write(TArguments arguments) => JsonSerializer.SerializeToElement(arguments, ofArguments);

    /// <summary>Reads what was decided.</summary>
    public TDecision Read(JsonElement decision) => decision.Deserialize(ofDecision)!;

    /// <inheritdoc />
    IReadOnlyList<string> IMultiKeyOperation.KeysOf(JsonElement arguments) => KeysOf(arguments.Deserialize(ofArguments)!);

    /// <inheritdoc />
    IReadOnlyList<string> IMultiKeyOperation.SealedKeysOf(JsonElement arguments) => SealedKeysOf(arguments.Deserialize(ofArguments)!);

    /// <inheritdoc />
    Result<JsonElement> IMultiKeyOperation.Decide(JsonElement arguments, IReadOnlyDictionary<string, ReadOnlyMemory<byte>?> values) =>
        Decide(arguments.Deserialize(ofArguments)!, values)
            .Match<Result<JsonElement>>(decision => JsonSerializer.SerializeToElement(decision, ofDecision), refusal => refusal);

    /// <inheritdoc />
    KeyChange IMultiKeyOperation.Change(JsonElement arguments, JsonElement decision, string key, ReadOnlyMemory<byte>? current) =>
        Change(arguments.Deserialize(ofArguments)!, Read(decision), key, current);

    /// <inheritdoc cref="IMultiKeyOperation.KeysOf" />
    protected abstract IReadOnlyList<string> KeysOf(TArguments arguments);

    /// <inheritdoc cref="IMultiKeyOperation.SealedKeysOf" />
    protected virtual IReadOnlyList<string> SealedKeysOf(TArguments arguments) => [];

    /// <inheritdoc cref="IMultiKeyOperation.Decide" />
    protected abstract Result<TDecision> Decide(TArguments arguments, IReadOnlyDictionary<string, ReadOnlyMemory<byte>?> values);

    /// <inheritdoc cref="IMultiKeyOperation.Change" />
    protected abstract KeyChange Change(TArguments arguments, TDecision decision, string key, ReadOnlyMemory<byte>? current);
}

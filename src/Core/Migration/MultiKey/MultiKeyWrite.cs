using System.Text.Json;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Ownership;

namespace TraderHub.Core.Migration.MultiKey;

/// <summary>A change of several keys that somebody asks for.</summary>
/// <param name="Group">The group.</param>
/// <param name="Id">The operation's id: under it, no key is changed twice.</param>
/// <param name="Operation">What is done.</param>
/// <param name="Arguments">With what.</param>
public sealed record MultiKeyWrite(EntityGroup Group, OperationId Id, IMultiKeyOperation Operation, JsonElement Arguments)
{
    /// <summary>The keys that it touches, each once.</summary>
    public IReadOnlyList<ManagedKey> Keys { get; } = [.. Operation.KeysOf(Arguments).Distinct(StringComparer.Ordinal).Select(key => ManagedKey.Of(Group, key))];

    /// <summary>
    /// The versions that the keys had before the operation was tried for the first time, as its caller has them on record; empty when it is tried for the first time.
    /// Without them a retry that comes after <see cref="OperationIds.Most"/> other changes of a key would be done twice.
    /// </summary>
    public IReadOnlyDictionary<string, long> TriedOn { get; init; } = new Dictionary<string, long>();
}

/// <summary>An operation on several keys that was acknowledged: all of them have it, and keep it.</summary>
/// <param name="Decision">What was decided; null when it had been done before, and is known no more.</param>
/// <param name="WasDoneBefore">Whether it had been done under the same id already, and was not done again.</param>
public sealed record KeysWritten(JsonElement? Decision, bool WasDoneBefore)
{
    internal static KeysWritten Before { get; } = new(Decision: null, WasDoneBefore: true);
}

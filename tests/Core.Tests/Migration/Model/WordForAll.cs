using System.Text.Json.Serialization;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Tests.Migration.Model;

/// <summary>Appends one word to several keys, unless they are full: what was decided is appended, also where a key has filled up meanwhile.</summary>
internal sealed class WordForAll() : MultiKeyOperation<WordForAll.Arguments, WordForAll.Decision>(WordForAllJson.Default.Arguments, WordForAllJson.Default.Decision)
{
    /// <summary>How many words a key may have when one for all is decided.</summary>
    public const int Full = 8;

    public static WordForAll Kind { get; } = new();

    public override string Name => "model.word-for-all";

    protected override IReadOnlyList<string> KeysOf(Arguments arguments) => arguments.Keys;

    protected override Result<Decision> Decide(Arguments arguments, IReadOnlyDictionary<string, ReadOnlyMemory<byte>?> values) =>
        values.Values.Any(value => ModelWorld.Words(value).Count >= Full) ? new Error(ErrorKind.Conflict, "FULL", "There is no room.") : new Decision(arguments.Word);

    protected override KeyChange Change(Arguments arguments, Decision decision, string key, ReadOnlyMemory<byte>? current) =>
        ModelInstance.Append(current, decision.Word, expiresAt: null);

    internal sealed record Arguments(string Word, IReadOnlyList<string> Keys);

    internal sealed record Decision(string Word);
}

[JsonSerializable(typeof(WordForAll.Arguments))]
[JsonSerializable(typeof(WordForAll.Decision))]
internal sealed partial class WordForAllJson : JsonSerializerContext;

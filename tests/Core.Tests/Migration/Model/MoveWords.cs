using System.Text;
using System.Text.Json.Serialization;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Tests.Migration.Model;

/// <summary>Ends a key and appends all of its words to another one.</summary>
internal sealed class MoveWords() : MultiKeyOperation<MoveWords.Arguments, MoveWords.Decision>(MoveWordsJson.Default.Arguments, MoveWordsJson.Default.Decision)
{
    public static MoveWords Kind { get; } = new();

    public override string Name => "model.move-words";

    protected override IReadOnlyList<string> KeysOf(Arguments arguments) => [arguments.From, arguments.To];

    protected override IReadOnlyList<string> SealedKeysOf(Arguments arguments) => [arguments.From];

    protected override Result<Decision> Decide(Arguments arguments, IReadOnlyDictionary<string, ReadOnlyMemory<byte>?> values) =>
        new Decision(ModelWorld.Words(values[arguments.From]));

    protected override KeyChange Change(Arguments arguments, Decision decision, string key, ReadOnlyMemory<byte>? current) =>
        key == arguments.From ? KeyChange.Delete : KeyChange.Put(Encoding.UTF8.GetBytes(string.Join(',', [.. ModelWorld.Words(current), .. decision.Words])));

    internal sealed record Arguments(string From, string To);

    internal sealed record Decision(IReadOnlyList<string> Words);
}

[JsonSerializable(typeof(MoveWords.Arguments))]
[JsonSerializable(typeof(MoveWords.Decision))]
internal sealed partial class MoveWordsJson : JsonSerializerContext;

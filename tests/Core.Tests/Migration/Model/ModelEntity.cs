using TraderHub.Core.Migration.Entities;

namespace TraderHub.Core.Tests.Migration.Model;

/// <summary>A list of words with commas between, which every operation appends its own to.</summary>
internal sealed class ModelEntity : IEntity
{
    public string Name => "model.words";

    public string Prefix => "words:";

    public bool KeepsRows => false;

    public bool KeepsText => false;

    public bool Owns(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);

    public Conversion Convert(string key, ReadOnlyMemory<byte> value) => new(value, [], Error: null);
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace TraderHub.Data.Sql.Backups;

/// <summary>What a backup is made of, written last: a folder without it holds no whole backup.</summary>
/// <param name="TakenAt">The moment that every copy shows, in UTC.</param>
/// <param name="Files">The copies.</param>
/// <param name="Stages">Where each group of keys stood on its way to SQL, by the group's name.</param>
public sealed record BackupManifest(string TakenAt, IReadOnlyList<BackupFile> Files, IReadOnlyDictionary<string, BackupStage> Stages)
{
    internal const string FileName = "manifest.json";

    internal void Write(Stream output) => JsonSerializer.Serialize(output, this, ManifestJson.Default.BackupManifest);

    /// <exception cref="JsonException">It is no manifest.</exception>
    internal static BackupManifest Read(Stream input) =>
        JsonSerializer.Deserialize(input, ManifestJson.Default.BackupManifest) is { } manifest
        && manifest.Files.All(file => file is not null)
        && manifest.Stages.Values.All(stage => stage is not null)
            ? manifest
            : throw new JsonException("Something in it is null.");
}

/// <summary>A copy of a module's database.</summary>
/// <param name="Module">The module.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">The SHA-256 of its content, in hexadecimal.</param>
/// <param name="SchemaVersion">The newest migration that is applied in it.</param>
public sealed record BackupFile(string Module, string Name, long Size, string Sha256, int SchemaVersion);

/// <summary>Where a group of keys stood.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Epoch">The epoch of the stage's document.</param>
public sealed record BackupStage(string Stage, long Epoch);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;

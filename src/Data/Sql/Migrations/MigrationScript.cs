using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace TraderHub.Data.Sql.Migrations;

/// <summary>A migration: one numbered SQL file of a module, and the file that takes it back.</summary>
/// <param name="Version">The number that its file name begins with.</param>
/// <param name="Name">The rest of the file name.</param>
/// <param name="Sql">What it runs, as it stands in the file.</param>
/// <param name="Down">What takes it back.</param>
public sealed record MigrationScript(int Version, string Name, string Sql, string Down)
{
    private const string DownSuffix = ".down.sql";

    /// <summary>The SHA-256 of the text, in hexadecimal, whatever the line ends of the checkout.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>The file's name, as people know the migration.</summary>
    public string FullName => $"{Version:0000}_{Name}";

    /// <summary>The migrations of a module that this build carries, in their order.</summary>
    public static IReadOnlyList<MigrationScript> LoadAll(string module)
    {
        var assembly = typeof(MigrationScript).Assembly;
        var folder = $"migrations/{module}/";
        return assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(folder, StringComparison.Ordinal) && !resource.EndsWith(DownSuffix, StringComparison.Ordinal))
            .Select(resource => Load(assembly, resource))
            .OrderBy(script => script.Version)
            .ToList();
    }

    private static MigrationScript Load(Assembly assembly, string resource)
    {
        var fileName = Path.GetFileNameWithoutExtension(resource);
        var separator = fileName.IndexOf('_', StringComparison.Ordinal);
        return new(
            int.Parse(fileName.AsSpan(0, separator), CultureInfo.InvariantCulture),
            fileName[(separator + 1)..],
            Read(assembly, resource),
            Read(assembly, Path.ChangeExtension(resource, null) + DownSuffix));
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"This build lacks '{resource}'."));
        return reader.ReadToEnd();
    }
}

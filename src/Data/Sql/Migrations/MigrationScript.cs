using System.Security.Cryptography;
using System.Text;

namespace TraderHub.Data.Sql.Migrations;

/// <summary>A migration: one numbered SQL file of a module.</summary>
/// <param name="Version">The number that its file name begins with.</param>
/// <param name="Name">The rest of the file name.</param>
/// <param name="Sql">What it runs, as it stands in the file.</param>
public sealed record MigrationScript(int Version, string Name, string Sql)
{
    private const string Folder = "migrations/";

    private const string DownSuffix = ".down.sql";

    /// <summary>The SHA-256 of the text, in hexadecimal, whatever the line ends of the checkout.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>The migrations of a module that this build carries, in their order.</summary>
    public static IReadOnlyList<MigrationScript> LoadAll(string module)
    {
        var assembly = typeof(MigrationScript).Assembly;
        var folder = $"{Folder}{module}/";
        return assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(folder, StringComparison.Ordinal) && !resource.EndsWith(DownSuffix, StringComparison.Ordinal))
            .Select(resource => Load(assembly, resource))
            .OrderBy(script => script.Version)
            .ToList();
    }

    private static MigrationScript Load(System.Reflection.Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var fileName = Path.GetFileNameWithoutExtension(resource);
        var separator = fileName.IndexOf('_', StringComparison.Ordinal);
        return new(int.Parse(fileName.AsSpan(0, separator), System.Globalization.CultureInfo.InvariantCulture), fileName[(separator + 1)..], reader.ReadToEnd());
    }
}

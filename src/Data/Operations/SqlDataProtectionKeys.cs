using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using TraderHub.Core.Platform;
using TraderHub.Data.Trading;

namespace TraderHub.Data.Operations;

/// <summary>
/// The keys of ASP.NET Core's data protection, which sign what pages carry to themselves (rule A11) and encrypt GitHub's tokens (rule G5). In the store, so
/// that instances share them and restarts keep them; encrypted by what the settings name, also those that were stored in clear before they named it.
/// </summary>
public sealed class SqlDataProtectionKeys(TradingDatabase database, KeyProtection protection, TimeProvider clock) : IXmlRepository
{
    private static readonly XNamespace Framework = "http://schemas.asp.net/2015/03/dataProtection";

    /// <inheritdoc />
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        const string Sql = "SELECT id, xml FROM data_protection_keys ORDER BY id";

        return Wait(database.QueryAsync<KeyRow>(Sql, null, CancellationToken.None)).Select(Read).ToList();
    }

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName)
    {
        const string Sql = "INSERT INTO data_protection_keys (friendly_name, xml, created_at) VALUES (@Name, @Xml, @CreatedAt)";

        ArgumentNullException.ThrowIfNull(element);
        var row = new { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting), CreatedAt = clock.GetInstant().ToUnixTimeSeconds() };
        Wait(database.ExecuteAsync(Sql, row, CancellationToken.None));
    }

    private XElement Read(KeyRow row)
    {
        const string Sql = "UPDATE data_protection_keys SET xml = @Xml WHERE id = @Id";

        var element = XElement.Parse(row.Xml);
        if (Protect(element))
        {
            Wait(database.ExecuteAsync(Sql, new { row.Id, Xml = element.ToString(SaveOptions.DisableFormatting) }, CancellationToken.None));
        }

        return element;
    }

    /// <summary>Encrypts what of an element the framework would have, had it known how; false when there is nothing.</summary>
    private bool Protect(XElement element)
    {
        var inClear = element.Descendants().Where(each => (bool?)each.Attribute(Framework + "requiresEncryption") == true).ToList();
        if (protection.Encryptor is not { } encryptor || inClear.Count == 0)
        {
            return false;
        }

        foreach (var secret in inClear)
        {
            var encrypted = encryptor.Encrypt(secret);
            secret.ReplaceWith(new XElement(
                Framework + "encryptedSecret", new XAttribute("decryptorType", encrypted.DecryptorType.AssemblyQualifiedName!), encrypted.EncryptedElement));
        }

        return true;
    }

    /// <summary>The framework asks for its keys from code that cannot wait otherwise: once a day, and when it makes a key.</summary>
    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private sealed record KeyRow(long Id, string Xml);
}

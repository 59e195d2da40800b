using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using TraderHub.Core.Platform;
using TraderHub.Data.Trading;

namespace TraderHub.Data.Operations;

/// <summary>
/// The keys of ASP.NET Core's data protection, which sign what pages carry to themselves (rule A11) and encrypt GitHub's tokens (rule G5). In the store, so
/// that instances share them and restarts keep them. They sign nobody in: whoever reads them here could make a form's token, for which a browser's cookies
/// would still be needed, and could read GitHub's tokens with the key-value store beside, which is another store.
/// </summary>
public sealed class SqlDataProtectionKeys(TradingDatabase database, TimeProvider clock) : IXmlRepository
{
    /// <inheritdoc />
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        const string Sql = "SELECT xml FROM data_protection_keys ORDER BY id";

        return Wait(database.QueryAsync<string>(Sql, null, CancellationToken.None)).Select(xml => XElement.Parse(xml)).ToList();
    }

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName)
    {
        const string Sql = "INSERT INTO data_protection_keys (friendly_name, xml, created_at) VALUES (@Name, @Xml, @CreatedAt)";

        ArgumentNullException.ThrowIfNull(element);
        var row = new { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting), CreatedAt = clock.GetInstant().ToUnixTimeSeconds() };
        Wait(database.ExecuteAsync(Sql, row, CancellationToken.None));
    }

    /// <summary>The framework asks for its keys from code that cannot wait otherwise: once a day, and when it makes a key.</summary>
    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}

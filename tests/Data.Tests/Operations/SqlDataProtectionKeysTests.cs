using System.Xml.Linq;
using TraderHub.Data.Operations;
using TraderHub.Data.Sql;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Operations;

public sealed class SqlDataProtectionKeysTests
{
    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task GetAllElements_IsWhatEveryInstanceHasStored_InItsOrder(DatabaseProvider provider)
    {
        var clock = new ManualClock("2026-11-21T09:30:00Z");
        await using var place = await Databases.CreateTradingAsync(provider);
        var keys = new SqlDataProtectionKeys(place.Trading, clock);
        var elsewhere = new SqlDataProtectionKeys(place.OpenAnother(), clock);

        keys.StoreElement(new XElement("key", new XAttribute("id", 1), new XElement("value", "<&é")), "key-1");
        elsewhere.StoreElement(new XElement("key", new XAttribute("id", 2)), "key-2");

        Assert.Equal(["<key id=\"1\"><value>&lt;&amp;é</value></key>", "<key id=\"2\" />"], keys.GetAllElements().Select(key => key.ToString(SaveOptions.DisableFormatting)));
        Assert.Equal(2, elsewhere.GetAllElements().Count);
    }
}

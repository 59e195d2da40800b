using System.Xml.Linq;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Data.Operations;
using TraderHub.Data.Platform;
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
        var keys = new SqlDataProtectionKeys(place.Trading, new KeyProtection(null), clock);
        var elsewhere = new SqlDataProtectionKeys(place.OpenAnother(), new KeyProtection(null), clock);

        keys.StoreElement(new XElement("key", new XAttribute("id", 1), new XElement("value", "<&é")), "key-1");
        elsewhere.StoreElement(new XElement("key", new XAttribute("id", 2)), "key-2");

        Assert.Equal(["<key id=\"1\"><value>&lt;&amp;é</value></key>", "<key id=\"2\" />"], keys.GetAllElements().Select(key => key.ToString(SaveOptions.DisableFormatting)));
        Assert.Equal(2, elsewhere.GetAllElements().Count);
    }

    [Fact]
    [Trait("Case", "A11")]
    public async Task GetAllElements_KeysThatWereStoredInClear_AreEncryptedAsSoonAsASecretIsSet()
    {
        const string Clear = """
            <key id="1"><descriptor><masterKey p4:requiresEncryption="true" xmlns:p4="http://schemas.asp.net/2015/03/dataProtection"><value>master</value></masterKey></descriptor></key>
            """;
        var clock = new ManualClock("2026-11-21T09:30:00Z");
        await using var place = await Databases.CreateTradingAsync(DatabaseProvider.Sqlite);
        new SqlDataProtectionKeys(place.Trading, new KeyProtection(null), clock).StoreElement(XElement.Parse(Clear), "key-1");
        var protection = ProtectionOf("a-secret-of-more-than-thirty-two-letters");

        var read = new SqlDataProtectionKeys(place.Trading, protection, clock).GetAllElements().Single();

        Assert.DoesNotContain("master<", (await place.QueryAsync<string>("SELECT xml FROM data_protection_keys")).Single(), StringComparison.Ordinal);
        var secret = read.Descendants(XName.Get("encryptedSecret", "http://schemas.asp.net/2015/03/dataProtection")).Single();
        Assert.Equal(typeof(SecretXmlDecryptor).AssemblyQualifiedName, secret.Attribute("decryptorType")?.Value);
        Assert.Equal("master", DecryptorOf(protection).Decrypt(secret.Elements().Single()).Element("value")?.Value);
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(
            () => DecryptorOf(ProtectionOf("another-secret-of-more-than-thirty-two-letters")).Decrypt(secret.Elements().Single()));
    }

    [Theory]
    [Trait("Case", "A11")]
    [InlineData("short", "", "Auth:DataProtectionSecret")]
    [InlineData("", "/there/is/no.pfx", "Auth:DataProtectionCertificate")]
    [InlineData("a-secret-of-more-than-thirty-two-letters", "/there/is/no.pem", "Auth:DataProtectionSecret")]
    public void Read_SettingsThatProtectNothing_AreNamed(string secret, string certificate, string named)
    {
        var settings = Settings(secret, certificate);

        KeyProtection.Read(settings);

        Assert.Contains(named, Assert.Throws<InvalidSettingsException>(settings.ThrowIfInvalid).Message, StringComparison.Ordinal);
    }

    private static KeyProtection ProtectionOf(string secret) => KeyProtection.Read(Settings(secret, string.Empty));

    private static SecretXmlDecryptor DecryptorOf(KeyProtection protection) => new(new ServiceCollection().AddSingleton(protection).BuildServiceProvider());

    private static SettingsReader Settings(string secret, string certificate) => new(new ConfigurationBuilder()
        .AddInMemoryCollection([new("Auth:DataProtectionSecret", secret), new("Auth:DataProtectionCertificate", certificate)])
        .Build());
}

using Microsoft.Extensions.Configuration;
using TraderHub.Data.Platform;

namespace TraderHub.Data.Tests.Platform;

public sealed class SettingsReaderTests
{
    [Fact]
    public void ThrowIfInvalid_SeveralProblems_NamesAllOfThemWithAnExampleEach()
    {
        var settings = Read(
            ("A:Number", "many"), ("A:Flag", "yes"), ("A:Url", "ftp://x"), ("A:Secret", "hunter2"), ("A:Choice", "other"), ("A:Origins", "https://ok.example,https://bad.example/path"));

        settings.WholeNumber("A:Number", 5, 1, 10);
        settings.Flag("A:Flag", true);
        settings.Url("A:Url", "https://example.com");
        settings.Secret("A:Secret", 16);
        settings.Choice("A:Choice", "one", "one", "two");
        settings.Origins("A:Origins");

        var exception = Assert.Throws<InvalidSettingsException>(settings.ThrowIfInvalid);
        Assert.Equal(
            [
                "A:Number is 'many', which is not a whole number from 1 to 10. Example: A__Number=5",
                "A:Flag is 'yes', which is neither true nor false. Example: A__Flag=true",
                "A:Url is 'ftp://x', which is not an absolute http or https address. Example: A__Url=https://example.com",
                "A:Secret is too short: it must have at least 16 characters. Example: A__Secret=the output of: openssl rand -hex 32",
                "A:Choice is 'other', which is not one of: one, two. Example: A__Choice=one",
                "A:Origins holds 'https://bad.example/path', which is not an exact origin (scheme, host and port, no path, lower-case). Example: A__Origins=https://app.example.com",
            ],
            exception.Problems);
        Assert.DoesNotContain("hunter2", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("11")]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    public void WholeNumber_OutsideItsBounds_IsAProblem(string text)
    {
        var settings = Read(("A:Number", text));

        settings.WholeNumber("A:Number", 5, 1, 10);

        Assert.Throws<InvalidSettingsException>(settings.ThrowIfInvalid);
    }

    [Theory]
    [InlineData("https://app.example.com", true)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("chrome-extension://abcdefghijklmnopabcdefghijklmnop", true)]
    [InlineData("chrome-extension://abcdefghijklmnopabcdefghijklmnoq", false)]
    [InlineData("chrome-extension://abcdefghijklmnopabcdefghijklmno", false)]
    [InlineData("chrome-extension://abcdefghijklmnopabcdefghijklmnop/", false)]
    [InlineData("chrome-extension://*", false)]
    [InlineData("moz-extension://abcdefghijklmnopabcdefghijklmnop", false)]
    [InlineData("https://APP.example.com", false)]
    [InlineData("https://app.example.com/", false)]
    [InlineData("https://*.example.com", false)]
    [InlineData("ftp://app.example.com", false)]
    [InlineData("*", false)]
    [InlineData("null", false)]
    public void Origins_AreExactOrAnExtensionsId(string origin, bool isOne)
    {
        var settings = Read(("A:Origins", origin));

        settings.Origins("A:Origins");

        Assert.Equal(isOne, Record.Exception(settings.ThrowIfInvalid) is null);
    }

    [Fact]
    public void Flag_TheTextFalse_IsFalse() => Assert.False(Read(("A:Flag", "false")).Flag("A:Flag", true));

    [Fact]
    public void EverySetting_NotThereOrEmpty_IsItsDefault()
    {
        var settings = Read(("A:Number", " "));

        Assert.Equal(5, settings.WholeNumber("A:Number", 5, 1, 10));
        Assert.True(settings.Flag("A:Flag", true));
        Assert.Null(settings.Secret("A:Secret", 16));
        Assert.Equal("text", settings.Text("A:Text", "text"));
        Assert.Empty(settings.Origins("A:Origins"));
        settings.ThrowIfInvalid();
        Assert.Equal(["A:Flag", "A:Number", "A:Origins", "A:Secret", "A:Text"], settings.Keys);
    }

    [Theory]
    [Trait("Case", "F1")]
    [InlineData(true, "WEBSITE_INSTANCE_ID")]
    [InlineData(true, "WEBSITE_SITE_NAME")]
    [InlineData(true, "WEBSITE_SKU")]
    [InlineData(true, "WEBSITE_POD_NAME")]
    [InlineData(true, "CONTAINER_NAME", "FUNCTIONS_EXTENSION_VERSION")]
    [InlineData(false, "CONTAINER_NAME")]
    [InlineData(false, "CONTAINER_NAME", "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_APPLICATION_DIRECTORY")]
    [InlineData(false, "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_APPLICATION_DIRECTORY", "WEBSITE_HOSTNAME")]
    [InlineData(false)]
    public void IsInFunctionsPlan_EveryPlan_IsKnownByWhatItSets(bool expected, params string[] set)
    {
        var settings = Read([.. set.Select(name => (name, "x"))]);

        Assert.Equal(expected, settings.IsInFunctionsPlan);
    }

    private static SettingsReader Read(params (string Key, string Value)[] settings) => new(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());
}

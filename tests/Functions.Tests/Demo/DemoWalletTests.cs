using TraderHub.LocalHost.Demo;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Demo;

public sealed class DemoWalletTests
{
    private static readonly Uri Exchange = new("http://127.0.0.1:9");

    [Fact]
    public void Sign_WithTheKeyOfWeb3sDocumentation_IsTheSignatureThere()
    {
        var wallet = DemoWallet.FromKey("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318")!;

        Assert.Equal("0x2c7536e3605d9c16a7a3d7b1898e529396a65c23", wallet.Address.ToString());
        Assert.Equal(
            "0xb91467e570a6466aa9e9876cbcd013baba02900b8979d43fe208a4a4f339f5fd6007e74cd82e037b800186422fc2da167c747ef045e5d18a5f5d4300f8e1a0291c",
            wallet.Sign("Some data"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    public void FromKey_WhatIsNoKey_IsNone(string hex) => Assert.Null(DemoWallet.FromKey(hex));

    [Fact]
    public void LoadWallet_OfTheRunBefore_IsTheSame()
    {
        using var folder = new TempFolder();
        var first = DemoSettings.LoadWallet(folder.Path);

        DemoSettings.Write(folder.Path, new DemoUpstreams(Exchange, Exchange, Exchange, Exchange, Exchange), first);

        Assert.Equal(first.Address, DemoSettings.LoadWallet(folder.Path).Address);
    }

    [Theory]
    [Trait("Case", "A14")]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    public void RequireOwn_WhereTheSettingsAreEmpty_TakesThemForNone(string text)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("local.settings.json"), text);

        DemoSettings.RequireOwn(folder.Path);
        DemoSettings.Write(folder.Path, new DemoUpstreams(Exchange, Exchange, Exchange, Exchange, Exchange), DemoSettings.LoadWallet(folder.Path));

        DemoSettings.RequireOwn(folder.Path);
        Assert.Equal(["local.settings.json"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    [Trait("Case", "A14")]
    public void Write_ThatFails_LeavesTheSettingsOfTheRunBefore()
    {
        using var folder = new TempFolder();
        var wallet = DemoSettings.LoadWallet(folder.Path);
        DemoSettings.Write(folder.Path, new DemoUpstreams(Exchange, Exchange, Exchange, Exchange, Exchange), wallet);
        var before = File.ReadAllText(folder.File("local.settings.json"));
        Directory.CreateDirectory(folder.File("local.settings.json.incomplete"));

        Assert.ThrowsAny<Exception>(() => DemoSettings.Write(folder.Path, new DemoUpstreams(new Uri("http://127.0.0.1:10"), Exchange, Exchange, Exchange, Exchange), wallet));

        Assert.Equal(before, File.ReadAllText(folder.File("local.settings.json")));
    }

    [Theory]
    [Trait("Case", "A5")]
    [InlineData("Demo__WalletKey", "Demo:WalletKey")]
    [InlineData("Demo:WalletKey", "Demo:WalletKey")]
    [InlineData("Shutdown__DrainSeconds", "shutdown:drainseconds")]
    public void LoadWallet_OfSettingsThatHaveOneTwice_NamesIt(string one, string other)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("local.settings.json"), $$"""{"Values": {"{{one}}":"1","{{other}}":"2"} }""");

        var exception = Assert.Throws<InvalidDataException>(() => DemoSettings.LoadWallet(folder.Path));

        Assert.Contains(one.Replace("__", ":", StringComparison.Ordinal), exception.Message, StringComparison.Ordinal);
        Assert.Contains("more than once", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadWallet_WhenTheKeyWasSpoilt_SaysWhatToRemove()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("local.settings.json"), """{"Values":{"Demo__WalletKey":"spoilt"}}""");

        var exception = Assert.Throws<InvalidDataException>(() => DemoSettings.LoadWallet(folder.Path));

        Assert.Contains("Demo:WalletKey", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("spoilt", exception.Message, StringComparison.Ordinal);
    }
}

using System.Globalization;
using System.Numerics;
using TraderHub.Core.Trading;
using TraderHub.Data.Ethereum;

namespace TraderHub.Data.Tests.Ethereum;

public sealed class EthereumSignaturesTests
{
    /// <summary>The order of the curve.</summary>
    private const string N = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

    private const string R = "b91467e570a6466aa9e9876cbcd013baba02900b8979d43fe208a4a4f339f5fd";
    private const string S = "6007e74cd82e037b800186422fc2da167c747ef045e5d18a5f5d4300f8e1a029";
    private const string HighS = "9ff818b327d1fc847ffe79bdd03d25e83e3a5df66962ceb160751b8bd754a118";
    private const string Zero = "0000000000000000000000000000000000000000000000000000000000000000";

    private readonly EthereumSignatures signatures = new();

    /// <summary>The first is in web3.js's documentation; the others were computed with arithmetic that shares nothing with this library. Keys: 1, 2, n - 1.</summary>
    [Theory]
    [InlineData("Some data", "0x2c7536e3605d9c16a7a3d7b1898e529396a65c23", $"0x{R}{S}1c")]
    [InlineData("Some data", "0x2c7536e3605d9c16a7a3d7b1898e529396a65c23", $"0x{R}{S}01")]
    [InlineData("", "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf", "0x0ac02a3eb3039b7a3ebb6a35f1e0dd31a4ed51781205a2c193354752a25edad50593868baf38c519b78bdc61a23c3f55e058c29f8b83d79ae48cc47d931afaed1b")]
    [InlineData("", "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf", "0x0AC02A3EB3039B7A3EBB6A35F1E0DD31A4ED51781205A2C193354752A25EDAD50593868BAF38C519B78BDC61A23C3F55E058C29F8B83D79AE48CC47D931AFAED00")]
    [InlineData("Grüße, 世界", "0x2b5ad5c4795c026514f8317c7a215e218dccd6cf", "0xea365cb4afceaed57c7dea8d0923da1dc22bd6b0be259b2727bbcff6a718837955406f306a03fa950d3517fd9814dc58cd8ef9b423add5c09300d2cf1c693fcc1b")]
    [InlineData("a\nb", "0x80c0dbf239224071c59dd8970ab9d542e3414ab2", "0xbbcee87bb7861ef53d47f1658de5b96838a7a3e127129ac1a3f5f18ecb53ca001eede672ff7b382b5b1ec4bf4e00d39a7a7c52ced83cb027a9b957d3d482a6e41c")]
    public void Recover_AKnownSignature_IsItsSigner(string message, string signer, string signature) =>
        Assert.Equal(WalletAddress.Parse(signer), signatures.Recover(message, signature));

    [Fact]
    public void Recover_AnotherMessage_IsNotItsSigner() =>
        Assert.NotEqual(WalletAddress.Parse("0x2c7536e3605d9c16a7a3d7b1898e529396a65c23"), signatures.Recover("Some data.", $"0x{R}{S}1c"));

    [Fact]
    public void TheMirrorImageOfTheKnownSignature_IsWhatThisTestTakesItFor() => Assert.Equal(Number(N), Number(S) + Number(HighS));

    [Theory]
    [InlineData($"0x{R}{HighS}1b", "s is in the upper half: the mirror image of a good signature")]
    [InlineData($"0x{R}{S}1d", "v is 29")]
    [InlineData($"0x{R}{S}02", "v is 2")]
    [InlineData($"0x{R}{S}1a", "v is 26")]
    [InlineData($"0x{R}{S}ff", "v is 255")]
    [InlineData($"0x{R}{S}", "64 bytes")]
    [InlineData($"0x{R}{S}1c00", "66 bytes")]
    [InlineData($"0x{R}{S}{R}{S}1c1c1c1c", "132 bytes")]
    [InlineData($"0x{Zero}{S}1c", "r is 0")]
    [InlineData($"0x{R}{Zero}1c", "s is 0")]
    [InlineData($"0x{N}{S}1c", "r is n")]
    [InlineData($"0x{R}{N}1c", "s is n")]
    [InlineData("0x0000000000000000000000000000000000000000000000000000000000000005" + S + "1c", "no point has this x")]
    [InlineData($"{R}{S}1c", "no prefix")]
    [InlineData($"0X{R}{S}1c", "another prefix")]
    [InlineData($"0x{R}{S}1g", "a letter that is no digit")]
    [InlineData($"0x{R}{S}1٣", "a digit of another script")]
    [InlineData($"0x{R}{S} 1c", "a space")]
    [InlineData("", "nothing")]
    public void Recover_AnyOtherForm_IsNobody(string signature, string why) =>
        Assert.True(signatures.Recover("Some data", signature) is null, why);

    [Theory]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("0xde709f2102306220921060314715629080e2fb77")]
    [InlineData("0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf")]
    public void ToChecksum_TheExamplesOfEip55_AreWrittenSo(string address) =>
        Assert.Equal(address, signatures.ToChecksum(WalletAddress.Parse(address)));

    private static BigInteger Number(string hex) => BigInteger.Parse($"0{hex}", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}

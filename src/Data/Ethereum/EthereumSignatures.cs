using System.Text;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.SignIn;

namespace TraderHub.Data.Ethereum;

/// <summary>Signatures and addresses of wallets that have a key of their own (externally owned accounts).</summary>
internal sealed class EthereumSignatures : IWalletSignatures
{
    private const int AddressLength = 20;

    public WalletAddress? Recover(string message, string signature) =>
        RecoverableSignature.Parse(signature) is { } parsed && Secp256k1.RecoverKey(PersonalMessage.Hash(message), parsed) is { } key
            ? WalletAddress.Parse($"0x{Convert.ToHexStringLower(Keccak256.Hash(key)[^AddressLength..])}")
            : null;

    public string ToChecksum(WalletAddress address)
    {
        // A letter is upper-case where the same digit of the hash is 8 or more.
        var digits = address.ToString()[2..];
        var hash = Convert.ToHexStringLower(Keccak256.Hash(Encoding.ASCII.GetBytes(digits)));
        return $"0x{string.Concat(digits.Zip(hash, (digit, mark) => mark >= '8' ? char.ToUpperInvariant(digit) : digit))}";
    }
}

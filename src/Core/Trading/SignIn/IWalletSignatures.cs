namespace TraderHub.Core.Trading.SignIn;

/// <summary>The cryptography of wallets.</summary>
public interface IWalletSignatures
{
    /// <summary>Whose key signed a message (EIP-191 <c>personal_sign</c>); null when the signature is not in the one accepted form (rule A5).</summary>
    /// <param name="message">The text as the wallet showed it.</param>
    /// <param name="signature"><c>0x</c> and 130 hexadecimal digits.</param>
    WalletAddress? Recover(string message, string signature);

    /// <summary>An address with its checksum, which is in the case of its letters (EIP-55): how wallets show it.</summary>
    string ToChecksum(WalletAddress address);
}

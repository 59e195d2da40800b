using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace TraderHub.Core.Trading.SignIn;

/// <summary>The message that a wallet signs, in the form of EIP-4361 and with exactly the fields that TraderHub issues (rule A3).</summary>
/// <param name="Domain">The site that asks.</param>
/// <param name="Address">The wallet, with its checksum.</param>
/// <param name="Statement">What the signature is given for.</param>
/// <param name="Uri">The site's address.</param>
/// <param name="ChainId">The chain that the wallet is on.</param>
/// <param name="Nonce">What makes the message the only one of its kind.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="ExpiresAt">When it is no longer good.</param>
public sealed partial record SignInMessage(
    string Domain, string Address, string Statement, string Uri, string ChainId, string Nonce, Instant IssuedAt, Instant ExpiresAt)
{
    /// <summary>Ethereum's main network.</summary>
    public const string MainNetwork = "1";

    private static readonly InstantPattern Times = InstantPattern.General;

    /// <summary>The message for a nonce.</summary>
    /// <param name="nonce">The nonce, and what it was issued for.</param>
    /// <param name="checksumAddress">Its wallet as wallets show it.</param>
    /// <param name="domain">The site that asks.</param>
    public static SignInMessage For(SignInNonce nonce, string checksumAddress, SignInDomain domain)
    {
        ArgumentNullException.ThrowIfNull(nonce);
        ArgumentNullException.ThrowIfNull(domain);
        return new(
            domain.Name, checksumAddress, nonce.Purpose.Statement, domain.Address, MainNetwork, nonce.Value, nonce.IssuedAt, nonce.ExpiresAt);
    }

    /// <summary>Reads a message; null when its form is another than <see cref="ToString"/> gives, by as little as a space.</summary>
    public static SignInMessage? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success
            || !Times.Parse(match.Groups["issued"].Value).TryGetValue(default, out var issuedAt)
            || !Times.Parse(match.Groups["expires"].Value).TryGetValue(default, out var expiresAt))
        {
            return null;
        }

        var message = new SignInMessage(
            Text("domain"), Text("address"), Text("statement"), Text("uri"), Text("chain"), Text("nonce"), issuedAt, expiresAt);

        // A moment can be written in more than one way; we write it in one.
        return message.ToString() == text ? message : null;

        string Text(string group) => match.Groups[group].Value;
    }

    /// <summary>The text that the wallet shows and signs.</summary>
    public override string ToString() => $"""
        {Domain} wants you to sign in with your Ethereum account:
        {Address}

        {Statement}

        URI: {Uri}
        Version: 1
        Chain ID: {ChainId}
        Nonce: {Nonce}
        Issued At: {Times.Format(IssuedAt)}
        Expiration Time: {Times.Format(ExpiresAt)}
        """.ReplaceLineEndings("\n");

    [GeneratedRegex(
        """
        \A(?<domain>[^\s/]+)\ wants\ you\ to\ sign\ in\ with\ your\ Ethereum\ account:\n
        (?<address>0x[0-9A-Fa-f]{40})\n
        \n
        (?<statement>[^\n]+)\n
        \n
        URI:\ (?<uri>\S+)\n
        Version:\ 1\n
        Chain\ ID:\ (?<chain>[0-9]+)\n
        Nonce:\ (?<nonce>[0-9A-Za-z]+)\n
        Issued\ At:\ (?<issued>\S+)\n
        Expiration\ Time:\ (?<expires>\S+)\z
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

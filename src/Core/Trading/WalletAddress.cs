using System.Diagnostics.CodeAnalysis;

namespace TraderHub.Core.Trading;

/// <summary>The address of a wallet: <c>0x</c> and 40 hexadecimal digits, always lower-case (rule A1).</summary>
public readonly record struct WalletAddress
{
    private const int Length = 42;

    private readonly string? value;

    private WalletAddress(string value) => this.value = value;

    /// <summary>Reads an address in any case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out WalletAddress address)
    {
        var isAddress = text is { Length: Length } && text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && text.Skip(2).All(char.IsAsciiHexDigit);
        address = isAddress ? new WalletAddress(text!.ToLowerInvariant()) : default;
        return isAddress;
    }

    /// <summary>Reads an address that is known to be one.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static WalletAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException("A wallet address is '0x' and 40 hexadecimal digits.");

    /// <summary>Whether a text is this address, in any case.</summary>
    public bool Is(string? text) => string.Equals(text, value, StringComparison.OrdinalIgnoreCase);

    /// <summary>The address, lower-case.</summary>
    public override string ToString() => value ?? throw new InvalidOperationException("This address was never set.");
}

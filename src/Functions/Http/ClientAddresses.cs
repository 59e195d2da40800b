using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace TraderHub.Functions.Http;

/// <summary>
/// Finds out from which address a request comes. What its headers say about that is believed only as far as configured proxies vouch for it: the walk begins
/// at the peer, and goes on to the next entry from the right for as long as it stands on a trusted proxy (rule A15).
/// </summary>
public sealed class ClientAddresses(ProxyOptions proxies)
{
    /// <summary>The client's address; null when the server does not know its peer, as in memory.</summary>
    public IPAddress? Find(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var address = Normalise(http.Connection.RemoteIpAddress);
        if (address is null || !IsTrusted(address))
        {
            return address;
        }

        foreach (var entry in EntriesOf(http.Request).Reverse())
        {
            if (Read(entry) is not { } next)
            {
                break;
            }

            address = next;
            if (!IsTrusted(address))
            {
                break;
            }
        }

        return address;
    }

    /// <summary>
    /// Whom limits count together: an address, or for IPv6 the network of 64 bits, of which one customer has all.
    /// </summary>
    public string FindKey(HttpContext http) => Find(http) is not { } address ? "unknown"
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? $"{NetworkOf(address)}/64"
        : address.ToString();

    private bool IsTrusted(IPAddress address) => proxies.Trusted.Any(network => network.Contains(address));

    /// <summary>Proxies add a line of their own or go on in the one that is there: read in their order both are one list.</summary>
    private IEnumerable<string> EntriesOf(HttpRequest request) =>
        request.Headers[proxies.Header].SelectMany(line => (line ?? string.Empty).Split(','));

    /// <summary>An entry as proxies write them: an address, with a port or without, in brackets, in quotes, or as <c>for=</c> of RFC 7239.</summary>
    private static IPAddress? Read(string entry)
    {
        var text = entry.Split(';').Select(part => part.Trim()).FirstOrDefault(part => !part.Contains('=') || IsFor(part)) ?? string.Empty;
        text = (IsFor(text) ? text["for=".Length..] : text).Trim('"');
        if (text.StartsWith('[') && text.IndexOf(']', StringComparison.Ordinal) is > 0 and var end)
        {
            text = text[1..end];
        }
        else if (text.Count(':') == 1)
        {
            text = text[..text.IndexOf(':', StringComparison.Ordinal)];
        }

        // The framework also takes "1", "0x7f.1" and a zone's name for addresses; no proxy writes these.
        var isPlain = text.Contains(':') ? !text.Contains('%') : text.Count('.') == 3 && text.All(character => char.IsAsciiDigit(character) || character == '.');
        return isPlain && IPAddress.TryParse(text, out var address) ? Normalise(address) : null;
    }

    private static bool IsFor(string part) => part.StartsWith("for=", StringComparison.OrdinalIgnoreCase);

    private static IPAddress? Normalise(IPAddress? address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
        { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 } => new IPAddress(address.GetAddressBytes()),
        _ => address,
    };

    private static IPAddress NetworkOf(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), 0);
        return new IPAddress(bytes);
    }
}

using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TraderHub.Core.Trading;

namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>Ids, hashes and chances that follow from what they are of: the same in each run.</summary>
internal static class SimulatedIds
{
    /// <summary>The hash of what is on no block of its own, such as funding.</summary>
    public const string NoHash = "0x0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>Orders are numbered in the order of their times.</summary>
    public static long OrderId(WalletAddress owner, DateTimeOffset time, string market) =>
        (time.ToUnixTimeSeconds() * 1000) + (long)(NumberOf($"{owner} {time.ToUnixTimeMilliseconds()} {market}") % 1000);

    public static long TradeId(WalletAddress owner, long orderId, int part) => (long)(NumberOf(string.Create(CultureInfo.InvariantCulture, $"{owner} {orderId} {part}")) >> 14);

    public static string Hash(string what) => $"0x{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)))}";

    public static SimulatedDice DiceOf(string what) => new(NumberOf(what));

    private static ulong NumberOf(string what) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(what)));
}

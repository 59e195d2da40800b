using System.Globalization;

namespace TraderHub.Soak;

/// <summary>How a run of <c>snapshots</c> is made.</summary>
/// <param name="Users">How many traders are signed in.</param>
/// <param name="Scale">How many times the exchange's real limit is allowed.</param>
/// <param name="Latency">How long each of the exchange's answers takes.</param>
internal sealed record SnapshotsOptions(int Users, int Scale, TimeSpan Latency)
{
    /// <summary>Reads <c>[users] [--scale n] [--latency ms]</c>; null when the arguments are something else.</summary>
    public static SnapshotsOptions? Parse(string[] arguments)
    {
        var options = new SnapshotsOptions(1000, 60, TimeSpan.FromMilliseconds(20));
        for (var index = 0; index < arguments.Length; index++)
        {
            var isNamed = arguments[index].StartsWith("--", StringComparison.Ordinal);
            var text = arguments.ElementAtOrDefault(isNamed ? index + 1 : index);
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            switch (arguments[index])
            {
                case "--scale" when number > 0: options = options with { Scale = number }; break;
                case "--latency": options = options with { Latency = TimeSpan.FromMilliseconds(number) }; break;
                case var _ when !isNamed && number > 0: options = options with { Users = number }; break;
                default: return null;
            }

            index += isNamed ? 1 : 0;
        }

        return options;
    }
}

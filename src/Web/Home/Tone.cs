namespace TraderHub.Web.Home;

/// <summary>The style of gains and losses. The sign says it too, for who does not see colours.</summary>
internal static class Tone
{
    public static string Of(decimal? amount) => amount switch { > 0 => "gain", < 0 => "loss", _ => "even" };
}

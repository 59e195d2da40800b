using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Web.Layout;

/// <summary>What stands around every page (rule W1).</summary>
/// <param name="Title">What the page is.</param>
/// <param name="Path">Where it is; forms come back to it.</param>
/// <param name="Time">The time that it shows.</param>
/// <param name="Theme"><c>auto</c>, <c>light</c> or <c>dark</c>.</param>
public sealed record PageFrame(string Title, string Path, PageTime Time, string Theme)
{
    /// <summary>The signed-in trader's address; null when nobody is signed in.</summary>
    public string? Trader { get; init; }

    /// <summary>What lets forms of this page through; null on pages without any (rule A11).</summary>
    public FormToken? Token { get; init; }
}

/// <summary>The server's time when a page was made, and the zone that its visitor reads times in.</summary>
/// <param name="Now">The time.</param>
/// <param name="Zone">The zone.</param>
/// <param name="IsChosen">Whether the visitor chose it; otherwise it is a guess.</param>
public sealed record PageTime(Instant Now, UserZone Zone, bool IsChosen);

/// <summary>A hidden field that shows that a form is one of ours.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record FormToken(string Field, string Value);

/// <summary>The light in which pages are shown.</summary>
public static class Themes
{
    /// <summary>As the visitor's system has it.</summary>
    public const string Auto = "auto";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Auto, "light", "dark"];
}

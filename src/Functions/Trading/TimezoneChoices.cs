using TraderHub.Core.Platform;

namespace TraderHub.Functions.Trading;

/// <summary>Reads the zone that a caller has chosen (rule T1).</summary>
internal static class TimezoneChoices
{
    private const int LongestName = 64;

    /// <summary>Whether a text can be what an offset is called.</summary>
    public static bool IsName(string? name) => name is not null && PlainText.IsPlain(name) && PlainText.LengthOf(name) <= LongestName;

    /// <summary>The zone; null when the choice is none, and what is wrong with it was noted.</summary>
    /// <param name="offset">The offset in hours.</param>
    /// <param name="name">What to call the offset.</param>
    /// <param name="zoneId">The IANA zone.</param>
    /// <param name="path">What stands before the fields' names, such as <c>timezone.</c>.</param>
    /// <param name="errors">The problems.</param>
    public static UserZone? Read(decimal? offset, string? name, string? zoneId, string path, FieldErrors errors)
    {
        var byOffset = offset is { } hours ? UserZone.FromOffset(hours, name) : null;
        var byId = zoneId is null ? null : UserZone.FromId(zoneId);
        if (offset is null && zoneId is null && !errors.Contains($"{path}offset") && !errors.Contains($"{path}zoneId"))
        {
            errors.Add($"{path}offset", "is required unless zoneId is given.");
        }

        if (name is not null && PlainText.LengthOf(name) > LongestName)
        {
            errors.Add($"{path}name", $"must have at most {LongestName} characters.");
        }

        if (offset is not null && byOffset is null)
        {
            errors.Add($"{path}offset", $"must be from {UserZone.MinimumOffset} to {UserZone.MaximumOffset} hours, in quarter hours such as 5.75.");
        }

        if (zoneId is not null && byId is null)
        {
            errors.Add($"{path}zoneId", "is not an IANA time zone such as Europe/Berlin.");
        }

        return byId ?? byOffset;
    }
}

using TraderHub.Core.Platform;

namespace TraderHub.Functions.Trading;

/// <summary>Which zone a caller has chosen (rule T1).</summary>
internal static class TimezoneRules
{
    private const int LongestName = 64;

    /// <summary>The zone of a choice; every problem of it otherwise.</summary>
    public static Result<UserZone> ZoneOf(TimezoneChoice choice)
    {
        var errors = new FieldErrors();
        if (choice is { Offset: null, ZoneId: null })
        {
            errors.Add("offset", "is required unless zoneId is given.");
        }

        if (choice.Name?.Length > LongestName)
        {
            errors.Add("name", $"must have at most {LongestName} characters.");
        }

        var byOffset = choice.Offset is { } offset ? UserZone.FromOffset(offset, choice.Name) : null;
        if (choice.Offset is not null && byOffset is null)
        {
            errors.Add("offset", $"must be from {UserZone.MinimumOffset} to {UserZone.MaximumOffset} hours, in quarter hours such as 5.75.");
        }

        var byId = choice.ZoneId is { } id ? UserZone.FromId(id) : null;
        if (choice.ZoneId is not null && byId is null)
        {
            errors.Add("zoneId", "is not an IANA time zone such as Europe/Berlin.");
        }

        return errors.IsEmpty ? (byId ?? byOffset)! : errors.ToError();
    }
}

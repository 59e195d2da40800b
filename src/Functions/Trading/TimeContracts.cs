using System.Text.Json.Serialization;
using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Trading;

/// <summary>The answer of <c>GET /api/time</c>.</summary>
/// <param name="ServerTime">The server's time, in UTC.</param>
/// <param name="Timestamp">The same in unix milliseconds.</param>
/// <param name="LocalTime">The caller's local time, with its offset.</param>
/// <param name="LocalDate">The caller's calendar day.</param>
/// <param name="NextLocalMidnight">When the caller's next day begins, in UTC.</param>
/// <param name="Timezone">The zone that was used.</param>
public sealed record TimeAnswer(
    string ServerTime, long Timestamp, string LocalTime, string LocalDate, string NextLocalMidnight, TimezoneInUse Timezone);

/// <summary>A zone, and why it is this one.</summary>
/// <param name="Offset">The offset from UTC now, in hours.</param>
/// <param name="Name">What it is called.</param>
/// <param name="ZoneId">Its IANA id; absent for a fixed offset.</param>
/// <param name="Source"><c>stored</c> in the trader's settings, <c>cookie</c>, <c>language</c> (a guess from Accept-Language) or <c>default</c>.</param>
public sealed record TimezoneInUse(
    decimal Offset, string Name, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ZoneId, string Source)
{
    /// <summary>A zone at an instant.</summary>
    public static TimezoneInUse From(UserZone zone, string source, Instant at)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return new(zone.OffsetAt(at), zone.Name, zone.Id, source);
    }
}

/// <summary>The body of <c>POST /api/timezone</c>: an offset or an IANA zone.</summary>
/// <param name="Offset">Hours from UTC, -12 to 14 in quarter hours.</param>
/// <param name="Name">What to call the offset.</param>
/// <param name="ZoneId">An IANA zone, which wins over the offset.</param>
/// <param name="AutoDetect">Whether the client found the zone by itself.</param>
public sealed record TimezoneChoice(decimal? Offset, string? Name, string? ZoneId, bool? AutoDetect);

/// <summary>The answer of <c>POST /api/timezone</c>.</summary>
/// <param name="Success">True.</param>
/// <param name="Timezone">The zone from now on.</param>
public sealed record TimezoneAnswer(bool Success, TimezoneInUse Timezone);

/// <summary>What the cookie <c>timezone</c> holds.</summary>
/// <param name="Offset">Hours from UTC.</param>
/// <param name="Name">What it is called.</param>
/// <param name="ZoneId">The IANA zone, when there is one.</param>
/// <param name="AutoDetect">Whether the client found the zone by itself.</param>
public sealed record TimezoneCookie(
    decimal? Offset,
    string? Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ZoneId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? AutoDetect);

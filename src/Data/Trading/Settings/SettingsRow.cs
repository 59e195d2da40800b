using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading;
using TraderHub.Core.Trading.Settings;

namespace TraderHub.Data.Trading.Settings;

/// <summary>A row of <c>user_settings</c>. Its columns cannot say that no zone was chosen; a zone without a name does.</summary>
internal sealed record SettingsRow(
    string Address,
    string DailyTarget,
    string AdvancedSettings,
    decimal TimezoneOffset,
    string TimezoneName,
    string? TimezoneId,
    long UpdatedAt,
    long Version)
{
    /// <summary>The row of settings, with the fields of the stored row that are not ours.</summary>
    public static SettingsRow From(UserSettings settings, SettingsRow? stored)
    {
        var updatedAt = settings.UpdatedAt ?? throw new ArgumentException("Settings that are stored have a time.", nameof(settings));
        var target = StoredDailyTarget.From(settings.DailyTarget);
        target.Others = stored?.ReadDailyTarget().Others;
        var advanced = StoredAdvancedSettings.From(settings.Advanced);
        advanced.Others = stored?.ReadAdvancedSettings().Others;
        return new(
            settings.Address.ToString(),
            JsonSerializer.Serialize(target, StoredSettingsJson.Default.StoredDailyTarget),
            JsonSerializer.Serialize(advanced, StoredSettingsJson.Default.StoredAdvancedSettings),
            settings.Zone?.OffsetAt(updatedAt) ?? 0,
            settings.Zone?.Name ?? string.Empty,
            settings.Zone?.Id,
            updatedAt.ToUnixTimeSeconds(),
            settings.Version);
    }

    /// <exception cref="UnreadableDataException">A column holds something else.</exception>
    public UserSettings ToSettings() => new(
        WalletAddress.Parse(Address),
        ReadDailyTarget().ToDailyTarget(),
        ReadAdvancedPlan(),
        ReadZone(),
        Version,
        Instant.FromUnixTimeSeconds(UpdatedAt));

    private StoredDailyTarget ReadDailyTarget() => Read(DailyTarget, StoredSettingsJson.Default.StoredDailyTarget, "daily target", "daily_target");

    private StoredAdvancedSettings ReadAdvancedSettings() =>
        Read(AdvancedSettings, StoredSettingsJson.Default.StoredAdvancedSettings, "advanced settings", "advanced_settings");

    private AdvancedSettings ReadAdvancedPlan()
    {
        try
        {
            return ReadAdvancedSettings().ToAdvancedSettings();
        }
        catch (FormatException exception)
        {
            throw Unreadable("advanced settings", "advanced_settings", exception);
        }
    }

    /// <summary>A zone that the zone data no longer has is the offset that was stored with it.</summary>
    private UserZone? ReadZone()
    {
        if (TimezoneId is { } id && UserZone.FromId(id) is { } zone)
        {
            return zone;
        }

        return TimezoneName.Length == 0
            ? null
            : UserZone.FromOffset(TimezoneOffset, TimezoneName) ?? throw Unreadable("timezone", "timezone_offset", null);
    }

    private T Read<T>(string json, JsonTypeInfo<T> type, string what, string column)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new JsonException("It is null.");
        }
        catch (JsonException exception)
        {
            throw Unreadable(what, column, exception);
        }
    }

    private UnreadableDataException Unreadable(string what, string column, Exception? cause) =>
        new(what, $"user_settings.{column} of {Address}", cause);
}

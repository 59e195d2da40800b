namespace TraderHub.Core.Migration;

/// <summary>How the engine behaves where an operator may choose.</summary>
/// <param name="AutoStart">Whether the copying begins by itself when SQL is empty and the key-value store is not.</param>
/// <param name="AutoRollback">Whether what is watched also moves a group back, and not only alerts.</param>
/// <param name="AcknowledgesWithoutKv">Whether writes of SQL's keys are acknowledged while the key-value store is down, giving up the way back without loss.</param>
public sealed record MigrationOptions(bool AutoStart = false, bool AutoRollback = false, bool AcknowledgesWithoutKv = false);

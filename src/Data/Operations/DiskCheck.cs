using TraderHub.Core.Operations.Health;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Operations;

/// <summary>Whether the disk of the data folder has room for some time to come: told before it is full.</summary>
public sealed class DiskCheck(DatabaseOptions options) : IHealthCheck
{
    /// <summary>The service that it belongs to.</summary>
    public const string DiskService = "disk";

    private const long LeastFreeBytes = 64 * 1024 * 1024;

    /// <inheritdoc />
    public string Service => DiskService;

    /// <inheritdoc />
    public string Part => "Disk";

    /// <inheritdoc />
    public bool IsEssential => false;

    /// <summary>The room on the disk now; null when the system does not tell.</summary>
    public DiskRoom? FindRoom() => DiskRoom.Find(options.Directory);

    /// <inheritdoc />
    public Task CheckAsync(CancellationToken cancellationToken) => FindRoom() is { FreeBytes: < LeastFreeBytes } room
        ? throw new IOException($"The disk of the data folder has {room.FreeBytes} bytes left.")
        : Task.CompletedTask;
}

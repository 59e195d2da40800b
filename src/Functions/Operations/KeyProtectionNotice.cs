using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TraderHub.Data.Operations;

namespace TraderHub.Functions.Operations;

/// <summary>Warns at start where the keys that encrypt are stored as they are, beside what they encrypt.</summary>
internal sealed partial class KeyProtectionNotice(KeyProtection protection, ILogger<KeyProtectionNotice> logger) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (protection.Encryptor is null)
        {
            LogInClear();
        }

        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The data-protection keys are stored in clear: who can read the database can read GitHub's tokens too. Set Auth:DataProtectionSecret (openssl rand -hex 32) or Auth:DataProtectionCertificate")]
    private partial void LogInClear();
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using NodaTime;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Worktime.SignIn;

namespace TraderHub.Data.Worktime.SignIn;

/// <summary>GitHub's tokens in the key-value store, encrypted with the keys of data protection, each for its developer alone (rule G5).</summary>
internal sealed class KeyValueGitHubTokens(IKeyValueStore store, IDataProtectionProvider protection) : IGitHubTokens
{
    private const string Purpose = "GitHub token";

    private static readonly Duration Lifetime = Duration.FromDays(7);

    public Task SaveAsync(long developer, string token, CancellationToken cancellationToken) => store.PutAsync(
        KeyOf(developer), ProtectorOf(developer).Protect(Encoding.UTF8.GetBytes(token)), new PutOptions(TimeToLive: Lifetime), cancellationToken);

    public async Task<string?> FindAsync(long developer, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(KeyOf(developer), cancellationToken) is not { } value)
        {
            return null;
        }

        try
        {
            return Encoding.UTF8.GetString(ProtectorOf(developer).Unprotect(value.ToArray()));
        }
        catch (CryptographicException)
        {
            // Of another system, or of keys that are lost: as good as none, and the next sign-in replaces it.
            return null;
        }
    }

    public Task RemoveAsync(long developer, CancellationToken cancellationToken) => store.DeleteAsync(KeyOf(developer), cancellationToken);

    private static string KeyOf(long developer) => $"github_token:{NumberOf(developer)}";

    private static string NumberOf(long developer) => developer.ToString(CultureInfo.InvariantCulture);

    /// <summary>One for each developer, so that a value moved under another's key is worth nothing there.</summary>
    private IDataProtector ProtectorOf(long developer) => protection.CreateProtector(Purpose, NumberOf(developer));
}

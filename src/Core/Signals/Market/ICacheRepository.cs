using System.Text.Json;
using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Signals.Market;

/// <summary>What was fetched, for as long as it is good.</summary>
public interface ICacheRepository
{
    /// <summary>A value; null when there is none, or it is over its time or no JSON, and is then removed.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task<JsonElement?> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>Puts a value in the place of whatever there is.</summary>
    /// <exception cref="UnavailableException">It was not acknowledged.</exception>
    Task SetAsync(string key, JsonElement value, Duration lifetime, CancellationToken cancellationToken);

    /// <summary>Removes a value, if there is one.</summary>
    /// <exception cref="UnavailableException">It was not acknowledged.</exception>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>Removes what is over its time; how many there were.</summary>
    /// <exception cref="UnavailableException">It was not acknowledged.</exception>
    Task<int> CleanUpAsync(CancellationToken cancellationToken);
}

namespace TraderHub.Core.KeyValue;

/// <summary>The keys whose time has come. They are not there for readers; here they give back their room.</summary>
public interface IExpiredKeys
{
    /// <summary>Removes them; one that was stored anew meanwhile stays. How many were removed is returned.</summary>
    /// <exception cref="KeyValueException">The store does not answer.</exception>
    Task<int> PurgeAsync(CancellationToken cancellationToken);
}

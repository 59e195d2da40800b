namespace TraderHub.Core.Operations.Health;

/// <summary>Looks whether a part of the system works.</summary>
public interface IHealthCheck
{
    /// <summary>The service that the part belongs to, such as <c>database</c>; stable.</summary>
    string Service { get; }

    /// <summary>The part, such as a module's name.</summary>
    string Part { get; }

    /// <summary>Whether nothing works without it.</summary>
    bool IsEssential { get; }

    /// <summary>Tries the part; throws when it does not work.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}

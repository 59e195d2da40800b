namespace TraderHub.Data.Sql;

/// <summary>A database could not do what was asked. It was logged where it happened; callers are told nothing of its inside.</summary>
/// <param name="module">Whose database it is.</param>
/// <param name="operation">What was asked.</param>
/// <param name="innerException">The cause.</param>
public sealed class StorageException(string module, string operation, Exception? innerException)
    : Exception($"The {module} database failed at {operation}.", innerException)
{
    /// <summary>Whose database it is.</summary>
    public string Module { get; } = module;

    /// <summary>What was asked.</summary>
    public string Operation { get; } = operation;
}

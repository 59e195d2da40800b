namespace TraderHub.Core.Platform;

/// <summary>A database could not do what was asked. It was logged where it happened; callers are told nothing of its inside.</summary>
/// <param name="module">Whose database it is.</param>
/// <param name="operation">What was asked.</param>
/// <param name="innerException">The cause.</param>
public class StorageException(string module, string operation, Exception? innerException)
    : Exception($"The {module} database failed at {operation}.", innerException)
{
    /// <summary>Whose database it is.</summary>
    public string Module { get; } = module;

    /// <summary>What was asked.</summary>
    public string Operation { get; } = operation;
}

/// <summary>A transaction could not be brought to its end and was rolled back whole: nothing of it was written.</summary>
/// <param name="module">Whose database it is.</param>
/// <param name="operation">What was asked.</param>
/// <param name="innerException">The cause.</param>
public sealed class StorageTransactionException(string module, string operation, Exception? innerException)
    : StorageException(module, operation, innerException);

/// <summary>What kind of rule a table's constraint is.</summary>
public enum ConstraintKind
{
    /// <summary>A key that is there already.</summary>
    Unique,

    /// <summary>A reference to a row that is not there, or from one that still is.</summary>
    ForeignKey,

    /// <summary>A condition on the row.</summary>
    Check,

    /// <summary>A value that must be there.</summary>
    NotNull,
}

/// <summary>The constraint that a write broke.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">
/// Its table and columns, such as <c>watchlists(chat_id, ticker)</c>; for a check its name; empty where the database does not say (SQLite's foreign keys).
/// </param>
public sealed record BrokenConstraint(ConstraintKind Kind, string Name);

/// <summary>A write would have broken a constraint; nothing was written.</summary>
/// <param name="module">Whose database it is.</param>
/// <param name="operation">What was asked.</param>
/// <param name="constraint">The constraint.</param>
/// <param name="innerException">The cause.</param>
public sealed class StorageConstraintException(string module, string operation, BrokenConstraint constraint, Exception innerException)
    : StorageException(module, operation, innerException)
{
    /// <summary>The constraint.</summary>
    public BrokenConstraint Constraint { get; } = constraint;
}

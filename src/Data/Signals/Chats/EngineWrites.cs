using System.Runtime.CompilerServices;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;

namespace TraderHub.Data.Signals.Chats;

/// <summary>Writes of repositories, which nobody sends again and which either are acknowledged or throw.</summary>
internal static class EngineWrites
{
    /// <summary>Ends a change that has nothing to write.</summary>
    public static Error NothingToWrite { get; } = new(ErrorKind.Conflict, "NOTHING_TO_WRITE", "It is so already.");

    /// <summary>Changes a list; false when there was nothing to write.</summary>
    public static async Task<bool> ChangeAsync<T>(
        this ManagedValues<IReadOnlyList<T>> values,
        string key,
        Func<IReadOnlyList<T>, Result<T[]>> change,
        CancellationToken cancellationToken,
        BrokenConstraint? constraint = null,
        [CallerMemberName] string operation = "")
    {
        var written = await values.WriteAsync(
            key, OperationId.New(), list => change(list ?? []).Match<Result<IReadOnlyList<T>?>>(changed => changed, refusal => refusal), expiresAt: null, cancellationToken);
        if (written.Error is not { } error)
        {
            return true;
        }

        if (!ReferenceEquals(error, NothingToWrite))
        {
            throw new UnavailableException(error);
        }

        return constraint is null ? false : throw Broken(constraint, operation);
    }

    /// <summary>What the tables' constraint would refuse, refused where the key-value store owns the key too.</summary>
    public static StorageConstraintException Broken(BrokenConstraint constraint, string operation) =>
        new("signals", operation, constraint, new InvalidOperationException($"The constraint {constraint.Name} does not allow it."));
}

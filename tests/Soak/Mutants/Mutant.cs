namespace TraderHub.Soak.Mutants;

/// <summary>The engine without one of its rules.</summary>
/// <param name="Rule">What is missing.</param>
/// <param name="File">The file of <c>src/Core/Migration</c> that has the rule.</param>
/// <param name="Code">The rule.</param>
/// <param name="Instead">What stands in its place.</param>
internal sealed record Mutant(string Rule, string File, string Code, string Instead)
{
    /// <summary>Each rule of the protocol, taken out by itself.</summary>
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("A write is acknowledged after it was mirrored", "Ownership/WriteSqlKey.cs", "return mirrors ? await", "return mirrors && key.Name.Length == 0 ? await"),
        new("The key-value store remembers operations", "Ownership/WriteKey.cs", "if (copy.State.Operations.Contains(attempt.Operation))", "if (key.Name.Length == 0)"),
        new("SQL remembers operations", "Ownership/WriteSqlKey.cs", "if (current.State.Operations.Contains(attempt.Operation))", "if (key.Name.Length == 0)"),
        new("A write goes to the owner", "Ownership/WriteKey.cs", "return copy.State.IsOwnedBySql\n", "return copy.State.IsOwnedBySql && key.Name.Length == 0\n"),
        new("A mirror of an earlier owner is not written", "Ownership/Mirror.cs", "if (copy.State.Term > state.Term)", "if (key.Length == 0)"),
        new("SQL writes what it owns", "Ownership/WriteSqlKey.cs", "if (!current.State.IsOwnedBySql)", "if (key.Name.Length == 0)"),
        new("SQL gives before the key-value store takes", "Ownership/HandBack.cs", "if (given != current)", "if (key.Name.Length == 0)"),
        new("SQL takes only what is newer", "Ownership/ApplyToSql.cs", "return state.IsNewerThan(current.State) || current == SyncState.Unknown\n", "return true\n"),
        new("The giver raises the term first", "Ownership/HandOver.cs", "if (!await heads.TryWriteAsync(key.Name, copy, handedOver, copy.Value, cancellationToken))", "if (key.Name.Length == 0)"),
        new("Who finishes a handover looks at the term", "Ownership/HandOver.cs", "current.State.Term < copy.State.Term ? ", "key.Name.Length > 0 ? "),
        new("The rows are read back before a handover", "Ownership/HandOver.cs", "return synced.Sync.State.IsSamePointAs(copy.State) &&", "return true ||"),
        new("What is taken is read again under SQL's lock", "Ownership/Reconcile.cs", "if (copy.State.IsOwnedBySql || copy.State.Term < current.State.Term)", "if (key.Name.Length == 0)"),
        new("A handback that is half done is finished", "Ownership/WriteSqlKey.cs", "await handBack.FinishAsync(key, cancellationToken);", "await Task.Yield();"),
        new("A write whose key has another owner by then is done again", "Ownership/WriteSqlKey.cs", "MirrorOutcome.OwnerChanged => null,", "MirrorOutcome.OwnerChanged => written,"),
        new("A forced handback raises the term", "Ownership/HandBack.cs", "copy.State.WithNextOwner(), copy.Value, cancellationToken))", "copy.State, copy.Value, cancellationToken))"),
        new("An operation that may be forgotten is not done again", "Ownership/WriteAttempt.cs", "(state.Version - version >= OperationIds.Most", "(state.Version < 0"),
        new("The key-value store is written by versions", "Keys/HeadedStore.cs", "seen.StoreVersion is { } version\n                ? store.PutIfMatchAsync(key, stored, options, version, cancellationToken)", "seen.StoreVersion is not null && store.PutAsync(key, stored, options, cancellationToken).IsCompleted\n                ? Task.FromResult<string?>(key)"),
        new("What several keys are to have is stored before the first of them", "MultiKey/WriteKeys.cs", "return await intents.TryAddAsync(write.Id, intent, cancellationToken) is { } stored\n", "return await Task.FromResult<StoredIntent?>(new(write.Id, intent, string.Empty)) is { } stored\n"),
        new("What was begun for several keys is gone on with", "MultiKey/WriteKeys.cs", "await intents.FindAsync(write.Id, cancellationToken) is { } begun\n", "await intents.FindAsync(write.Id, cancellationToken) is { } begun && write.Keys.Count == 0\n"),
        new("What was begun for several keys is finished by whoever finds it", "MultiKey/ReplayIntents.cs", "return (await carryOut.ExecuteAsync(group, stored, isFirst: false, cancellationToken)).Error?.Detail;", "return await Task.FromResult<string?>(null);"),
        new("An intent knows the versions that it began at", "MultiKey/CarryOutIntent.cs", ".WhichMayHaveMade(name, version + 1)", string.Empty),
        new("A key is sealed only with the value that is stored", "MultiKey/SealKeys.cs", "&& value.Span.SequenceEqual(last)", "&& value.Length >= 0 && last is not null"),
        new("Who is late replaces no last value", "MultiKey/Intents.cs", "PutOptions.None, seen.Version, cancellationToken)", "PutOptions.None, (await store.GetVersionedAsync(KeyOf(seen.Id), cancellationToken))?.Version ?? seen.Version, cancellationToken)"),
        new("SQL remembers operations on several keys", "MultiKey/WriteSqlKeys.cs", "if (before.Count > 0)", "if (before.Count > write.Keys.Count)"),
        new("SQL changes several keys only when it owns them all", "MultiKey/WriteSqlKeys.cs", "if (locked.Exists(one => !one.Sync.State.IsOwnedBySql))", "if (locked.Count == 0)"),
    ];
}

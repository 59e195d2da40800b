using System.Globalization;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Core.Migration.Verification;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Operating;

/// <summary>
/// Gives SQL once more what the key-value store has, for keys where SQL has lost writes, has other rows, or could not read the value. Nothing is lost by it, as
/// the key-value store has every write that was acknowledged (rules M5, M33). A frozen group goes on afterwards.
/// </summary>
public sealed class RetryGroup(WalkKeys walk, HeadedStore heads, HandBack handBack, Reconcile reconcile, ChangeStage changeStage)
{
    private const int Tries = 5;

    /// <summary>Mends a group.</summary>
    /// <exception cref="KeyValueException">The key-value store does not answer.</exception>
    /// <exception cref="StorageException">SQL does not answer.</exception>
    public async Task<Result<Outcome>> ExecuteAsync(OperatedGroup operated, MoveRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operated);
        ArgumentNullException.ThrowIfNull(request);
        var stage = await changeStage.FindAsync(operated.Group, cancellationToken);
        if (!stage.Copies)
        {
            return OperatingErrors.NothingToCopy(operated.Name, stage.Stage);
        }

        var keys = new List<NamedKey>();
        await foreach (var key in walk.ExecuteAsync(operated.Group, after: null, cancellationToken))
        {
            if (await MendAsync(key, cancellationToken) is { } what)
            {
                keys.Add(new(key.Key.Name, what));
            }
        }

        // What was found on the way may have frozen it.
        stage = await changeStage.FindAsync(operated.Group, cancellationToken);
        var left = keys.Count(key => key.Class != "mended");
        if (stage.FrozenBecause is not null && left == 0)
        {
            var thawed = await changeStage.ExecuteAsync(operated.Group, stage, document => document with { FrozenBecause = null }, request, cancellationToken);
            if (thawed.Error is { } refusal)
            {
                return refusal;
            }

            stage = thawed.Value;
        }

        return new Outcome(string.Create(CultureInfo.InvariantCulture, $"{operated.Name}: {keys.Count - left} keys mended, {left} left"))
        {
            HasProblems = left > 0,
            Stage = stage,
            Keys = keys,
        };
    }

    /// <summary>What became of a key; null when there was nothing to mend.</summary>
    private async Task<string?> MendAsync(WalkedKey walked, CancellationToken cancellationToken)
    {
        var key = walked.Key;
        var isInError = walked.Sync.Error is not null;
        var found = isInError ? Reconciliation.Failed : await reconcile.ExecuteAsync(key, comparesValues: true, cancellationToken);
        if (found == Reconciliation.Applied)
        {
            return "mended";
        }

        if (found is not (Reconciliation.Failed or Reconciliation.Mismatch or Reconciliation.Diverged))
        {
            return null;
        }

        for (var i = 0; i < Tries; i++)
        {
            await handBack.ForceAsync(key.Name, cancellationToken);
            if (await reconcile.TakeAsync(key, cancellationToken) == Reconciliation.Applied)
            {
                var error = (await key.Group.Sql.ReadStateAsync(key.Name, cancellationToken)).Error;
                return error is null ? "mended" : $"error: {error}";
            }

            await reconcile.ExecuteAsync(key, comparesValues: false, cancellationToken);
        }

        return (await heads.ReadAsync(key.Name, cancellationToken)).State.IsOwnedBySql ? "changed meanwhile" : "unsettled";
    }
}

using System.Collections.Concurrent;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Trading.Balances;

/// <summary>
/// Reads the exchange's own figure of what an account is worth, and whether it still speaks of what the account holds. A figure from before money moved can fit the wrong
/// form to the cent, so one that would decide how the account is counted is believed only when nothing has moved since (rule B5).
/// </summary>
internal sealed class ReadStatedValue(TimeProvider clock)
{
    private const int SweepAt = 4096;

    private static readonly Duration Lifetime = Duration.FromDays(1);

    private readonly Kept<WalletAddress, StatedValue?> stated = new(clock, Duration.FromMinutes(10));
    private readonly ConcurrentDictionary<WalletAddress, Seen> seen = new();

    /// <summary>The figure, which is kept for ten minutes.</summary>
    public Task<Part<StatedValue?>?> ExecuteAsync(IExchange from, WalletAddress address, PartReader parts, CancellationToken cancellationToken) =>
        parts.TryAsync("statedValue", stated.ReadAsync(address, () => from.ReadStatedValueAsync(address, cancellationToken)));

    /// <summary>What was read, with whether it may have moved since the figure in it.</summary>
    public async Task<AccountParts> CompareAsync(IExchange from, AccountParts parts, CancellationToken cancellationToken)
    {
        if (parts.Mode?.IsUnified is not null || parts.Spot is null || !parts.HasAllPerps)
        {
            return parts;
        }

        var since = Note(parts).Since;
        return parts.Stated?.Value is { } figure && AccountForm.IsToldByFigure(parts)
            && (since is { } moved ? figure.AsOf < moved : await IsInLedgerAsync(from, parts.Address, figure.AsOf, cancellationToken))
                ? parts with { HasMovedSinceStated = true }
                : parts;
    }

    private Seen Note(AccountParts parts)
    {
        var (asUnified, asSeparate) = (new Holdings(parts, isUnified: true), new Holdings(parts, isUnified: false));
        var before = seen.GetValueOrDefault(parts.Address);
        var since = before is not null && (asUnified.HaveMovedFrom(before.AsUnified) || asSeparate.HaveMovedFrom(before.AsSeparate)) ? parts.ReadAt : before?.Since;
        Sweep(parts.ReadAt);
        return seen[parts.Address] = new(parts.ReadAt, since, asUnified, asSeparate);
    }

    /// <summary>Asked only where no other holdings were seen before.</summary>
    private static async Task<bool> IsInLedgerAsync(IExchange from, WalletAddress address, Instant since, CancellationToken cancellationToken)
    {
        try
        {
            return (await from.ReadLedgerAsync(address, since, cancellationToken)).Count > 0;
        }
        catch (UpstreamException)
        {
            // Nobody vouches for the figure; the exchange's client has logged why.
            return true;
        }
    }

    private void Sweep(Instant now)
    {
        if (seen.Count < SweepAt)
        {
            return;
        }

        foreach (var (address, old) in seen.Where(entry => now - entry.Value.At > Lifetime))
        {
            seen.TryRemove(KeyValuePair.Create(address, old));
        }
    }

    /// <summary>What an account held at last, counted in either form.</summary>
    /// <param name="At">When.</param>
    /// <param name="Since">When it was first seen to hold just that; null when it was never seen to hold anything else.</param>
    /// <param name="AsUnified">What it held if all money lies on spot.</param>
    /// <param name="AsSeparate">What it held if perpetuals and spot keep money of their own.</param>
    private sealed record Seen(Instant At, Instant? Since, Holdings AsUnified, Holdings AsSeparate);
}

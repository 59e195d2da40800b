namespace TraderHub.Data.Upstream.Hyperliquid.Messages;

/// <summary>The answer to <c>delegatorSummary</c>, in HYPE.</summary>
internal sealed record DelegatorSummary(decimal Delegated, decimal Undelegated, decimal TotalPendingWithdrawal);

/// <summary>One of the answers to <c>delegations</c>: what lies with one validator, in HYPE.</summary>
internal sealed record Delegation(string Validator, decimal Amount, long? LockedUntilTimestamp = null);

/// <summary>One of the answers to <c>delegatorRewards</c>; the source is <c>delegation</c> or <c>commission</c>.</summary>
internal sealed record DelegatorReward(long Time, string Source, decimal TotalAmount);

/// <summary>One of the answers to <c>delegatorHistory</c>. Of the delta's kinds one is set; of kinds we do not know, none.</summary>
internal sealed record DelegatorUpdate(long Time, string Hash, DelegatorDelta Delta);

internal sealed record DelegatorDelta(DelegateDelta? Delegate = null, AmountDelta? CDeposit = null, WithdrawalDelta? Withdrawal = null);

internal sealed record DelegateDelta(string Validator, decimal Amount, bool IsUndelegate);

internal sealed record AmountDelta(decimal Amount);

/// <summary>The phase is <c>initiated</c> or <c>finalized</c>.</summary>
internal sealed record WithdrawalDelta(decimal Amount, string Phase);

/// <summary>One of the answers to <c>userVaultEquities</c>.</summary>
internal sealed record VaultEquity(string VaultAddress, decimal Equity, long? LockedUntilTimestamp = null);

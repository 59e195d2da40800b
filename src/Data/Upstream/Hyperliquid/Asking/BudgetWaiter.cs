namespace TraderHub.Data.Upstream.Hyperliquid.Asking;

/// <summary>A question that waits in one of the budget's queues. All but the waiting itself happens under the budget's lock.</summary>
internal sealed class BudgetWaiter
{
    private readonly TaskCompletionSource<WeightCharge> entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration cancellation;

    public BudgetWaiter(int weight, string? account, Urgency urgency)
    {
        Weight = weight;
        Account = account;
        Urgency = urgency;
        Node = new(this);
    }

    public int Weight { get; }

    /// <summary>The account that it asks about; null for what serves all.</summary>
    public string? Account { get; }

    public Urgency Urgency { get; }

    /// <summary>Its place in a queue; without a list when it waits no longer.</summary>
    public LinkedListNode<BudgetWaiter> Node { get; }

    /// <summary>Ends when the question may be sent.</summary>
    public Task<WeightCharge> Entered => entered.Task;

    public void LeaveOn(Action<BudgetWaiter, CancellationToken> leave, CancellationToken cancellationToken) =>
        cancellation = cancellationToken.Register(() => leave(this, cancellationToken));

    public void Enter(WeightCharge charge)
    {
        Leave();
        entered.SetResult(charge);
    }

    public void Cancel(CancellationToken cancellationToken)
    {
        // It may have been let in just before.
        if (Node.List is not null)
        {
            Leave();
            entered.SetCanceled(cancellationToken);
        }
    }

    private void Leave()
    {
        // Not disposed of: that would wait for a cancellation that waits for the budget's lock.
        cancellation.Unregister();
        Node.List!.Remove(Node);
        Urgency.IsQueued = false;
    }
}

using TraderHub.Data.Sql.Idempotency;

namespace TraderHub.Functions.Http;

/// <summary>Lets the requests of a key work one after the other. What is known of a key is forgotten when nobody works or waits any more.</summary>
internal sealed class KeyTurns
{
    private readonly Dictionary<RequestKey, Queue> queues = [];

    /// <summary>How many keys somebody works or waits under.</summary>
    public int Count
    {
        get
        {
            lock (queues)
            {
                return queues.Count;
            }
        }
    }

    /// <summary>Waits for the requests of the key that came before; the turn lasts until it is disposed of.</summary>
    public async Task<Turn> TakeAsync(RequestKey key, CancellationToken cancellationToken)
    {
        var queue = Enter(key);
        try
        {
            await queue.Free.WaitAsync(cancellationToken);
            return new Turn(this, key, queue);
        }
        catch
        {
            Leave(key, queue);
            throw;
        }
    }

    private Queue Enter(RequestKey key)
    {
        lock (queues)
        {
            if (!queues.TryGetValue(key, out var queue))
            {
                queues.Add(key, queue = new());
            }

            queue.Length++;
            return queue;
        }
    }

    private void Leave(RequestKey key, Queue queue)
    {
        lock (queues)
        {
            if (--queue.Length > 0)
            {
                return;
            }

            queues.Remove(key);
        }

        queue.Free.Dispose();
    }

    /// <summary>A request's turn.</summary>
    public sealed class Turn(KeyTurns turns, RequestKey key, Queue queue) : IDisposable
    {
        /// <summary>What the turns of those who come next are told: how the key was answered, where that is known.</summary>
        public SeenRequest? Seen
        {
            get => queue.Seen;
            set => queue.Seen = value;
        }

        public void Dispose()
        {
            queue.Free.Release();
            turns.Leave(key, queue);
        }
    }

    /// <summary>Those who work or wait under a key.</summary>
    public sealed class Queue
    {
        public SemaphoreSlim Free { get; } = new(1);

        public SeenRequest? Seen { get; set; }

        public int Length { get; set; }
    }
}

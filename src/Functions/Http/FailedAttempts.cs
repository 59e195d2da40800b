using Microsoft.AspNetCore.Http;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.SignIn;

namespace TraderHub.Functions.Http;

/// <summary>
/// Counts wrong secrets by the address that they come from: never by wallet, which would let anybody lock its owner out. A secret here is too long to be
/// guessed, so each is compared and a right one is served whatever others did; the count decides only how a wrong one is refused, and slows down whoever
/// goes on. The same wrong secret again is not another guess, so a client whose session has ended does not lock itself out (rule A10).
/// </summary>
public sealed class FailedAttempts(AuthOptions options, ClientAddresses addresses, TimeProvider clock)
{
    /// <summary>The time in which failures count.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private const int MostAddresses = 100_000;

    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Queue<Failure>> byAddress = new(StringComparer.Ordinal);
    private DateTimeOffset sweptAt;

    /// <summary>Counts a wrong secret. Its refusal is the given one, or 429 once its address has had its number of them.</summary>
    /// <param name="http">The request that it came with.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="refusal">How it is refused while there are few.</param>
    public Error Refuse(HttpContext http, string secret, Error refusal)
    {
        var (address, hash, now) = (addresses.FindKey(http), SessionToken.Hash(secret), clock.GetUtcNow());
        lock (gate)
        {
            if (FailuresOf(address, now) is not { } failures)
            {
                return refusal;
            }

            Forget(failures, now);
            if (failures.Count >= options.FailedAttempts)
            {
                return TooMany(failures.Peek().At + Window - now);
            }

            if (failures.All(failure => failure.SecretHash != hash))
            {
                failures.Enqueue(new Failure(now, hash));
            }

            return refusal;
        }
    }

    /// <summary>The failures of an address; null where so many addresses have some that no more are remembered.</summary>
    private Queue<Failure>? FailuresOf(string address, DateTimeOffset now)
    {
        if (byAddress.TryGetValue(address, out var known))
        {
            return known;
        }

        if (byAddress.Count >= MostAddresses && now - sweptAt >= BetweenSweeps)
        {
            sweptAt = now;
            foreach (var (other, failures) in byAddress)
            {
                Forget(failures, now);
                if (failures.Count == 0)
                {
                    byAddress.Remove(other);
                }
            }
        }

        return byAddress.Count < MostAddresses ? byAddress[address] = new Queue<Failure>() : null;
    }

    private static void Forget(Queue<Failure> failures, DateTimeOffset now)
    {
        while (failures.TryPeek(out var oldest) && oldest.At + Window <= now)
        {
            failures.Dequeue();
        }
    }

    private static Error TooMany(TimeSpan wait) => new(
        ErrorKind.TooManyRequests, "TOO_MANY_ATTEMPTS", "Too many failed attempts came from this address. Wait before the next one.")
    { RetryAfter = wait };

    private sealed record Failure(DateTimeOffset At, string SecretHash);
}

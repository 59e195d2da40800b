using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using TraderHub.Core.Trading.SignIn;

namespace TraderHub.Functions.Http;

/// <summary>
/// Counts failed attempts to sign in, and with tokens and keys, by the address that they come from: never by wallet, which would let anybody lock its
/// owner out. The same wrong secret again is not another guess, so a client whose session has ended does not lock itself out (rule A10).
/// </summary>
public sealed class FailedAttempts(AuthOptions options, TimeProvider clock)
{
    private const int MostAddresses = 100_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Queue<Failure>> byAddress = new();

    /// <summary>How long an address has to wait; null when it may try.</summary>
    public TimeSpan? GetWait(HttpContext http)
    {
        if (!byAddress.TryGetValue(AddressOf(http), out var failures))
        {
            return null;
        }

        lock (failures)
        {
            Forget(failures);
            return failures.Count < options.FailedAttempts ? null : failures.Peek().At + Window - clock.GetUtcNow();
        }
    }

    /// <summary>Counts a failure, unless the same secret has failed in this time already.</summary>
    public void Add(HttpContext http, string secret)
    {
        var hash = SessionToken.Hash(secret);
        if (byAddress.Count >= MostAddresses)
        {
            ForgetAddresses();
        }

        var failures = byAddress.GetOrAdd(AddressOf(http), _ => new Queue<Failure>());
        lock (failures)
        {
            Forget(failures);
            if (failures.Count < options.FailedAttempts && failures.All(failure => failure.SecretHash != hash))
            {
                failures.Enqueue(new Failure(clock.GetUtcNow(), hash));
            }
        }
    }

    /// <summary>The address that a request comes from.</summary>
    public static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    private void Forget(Queue<Failure> failures)
    {
        while (failures.TryPeek(out var oldest) && oldest.At + Window <= clock.GetUtcNow())
        {
            failures.Dequeue();
        }
    }

    private void ForgetAddresses()
    {
        foreach (var (address, failures) in byAddress)
        {
            lock (failures)
            {
                Forget(failures);
                if (failures.Count == 0)
                {
                    byAddress.TryRemove(address, out _);
                }
            }
        }
    }

    private sealed record Failure(DateTimeOffset At, string SecretHash);
}

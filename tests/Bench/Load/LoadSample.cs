namespace TraderHub.Bench.Load;

/// <summary>What one round of load showed.</summary>
/// <param name="RequestsPerSecond">The throughput.</param>
/// <param name="P50">The median latency, in milliseconds.</param>
/// <param name="P95">The 95th percentile.</param>
/// <param name="P99">The 99th percentile.</param>
/// <param name="ProcessorMicroseconds">The server's processor time per request: steadier than the rest on a machine that others use too.</param>
internal sealed record LoadSample(double RequestsPerSecond, double P50, double P95, double P99, double ProcessorMicroseconds)
{
    /// <summary>Sums up a round.</summary>
    /// <param name="latencies">What each request took, in timestamps of the clock; they are sorted here.</param>
    /// <param name="elapsed">What the round took.</param>
    /// <param name="processorTime">The processor time that the server used.</param>
    /// <param name="clock">The clock.</param>
    public static LoadSample Of(long[] latencies, TimeSpan elapsed, TimeSpan processorTime, TimeProvider clock)
    {
        Array.Sort(latencies);
        return new(
            latencies.Length / elapsed.TotalSeconds,
            Percentile(0.50),
            Percentile(0.95),
            Percentile(0.99),
            processorTime.TotalMicroseconds / latencies.Length);

        double Percentile(double share) => clock.GetElapsedTime(0, latencies[(int)(share * (latencies.Length - 1))]).TotalMilliseconds;
    }
}

namespace TraderHub.Bench.Load;

/// <summary>Sends a request over some connections for a while, on each the next one as soon as the answer to the last is there.</summary>
internal sealed class LoadLoop(TimeProvider clock, int connections)
{
    /// <summary>Applies the load; the time that each request took is returned, in timestamps of the clock, with the time of the whole.</summary>
    public async Task<(long[] Latencies, TimeSpan Elapsed)> RunAsync(
        Uri address, ReadOnlyMemory<byte> request, TimeSpan duration, CancellationToken cancellationToken)
    {
        var opened = new List<HttpConnection>();
        try
        {
            for (var i = 0; i < connections; i++)
            {
                opened.Add(await HttpConnection.OpenAsync(address, cancellationToken));
            }

            var started = clock.GetTimestamp();
            var end = started + (long)(duration.TotalSeconds * clock.TimestampFrequency);
            var latencies = await Task.WhenAll(opened.Select(connection => Task.Run(() => RepeatAsync(connection, request, end), cancellationToken)));
            return (latencies.SelectMany(each => each).ToArray(), clock.GetElapsedTime(started));
        }
        finally
        {
            opened.ForEach(connection => connection.Dispose());
        }
    }

    private async Task<List<long>> RepeatAsync(HttpConnection connection, ReadOnlyMemory<byte> request, long end)
    {
        var latencies = new List<long>();
        var now = clock.GetTimestamp();
        while (now < end)
        {
            await connection.ExchangeAsync(request);
            var done = clock.GetTimestamp();
            latencies.Add(done - now);
            now = done;
        }

        return latencies;
    }
}

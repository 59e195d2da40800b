using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Stages;

namespace TraderHub.Soak.Migration;

/// <summary>What a host does for its instance while it runs.</summary>
internal static class SignsOfLife
{
    /// <summary>Gives signs of life until it is told to stop; where the store does not answer, the next one tells.</summary>
    public static async Task BeatUntilAsync(this Instances instances, TimeProvider clock, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await instances.BeatAsync(stop);
            }
            catch (Exception exception) when (exception is KeyValueException or OperationCanceledException)
            {
                // The next one tells that this instance lives.
            }

            await Task.Delay(Instances.Interval, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

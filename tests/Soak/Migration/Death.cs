using System.Diagnostics;

namespace TraderHub.Soak.Migration;

/// <summary>Kills its own process with SIGKILL at the n-th of the points that it comes to, and says at which.</summary>
internal sealed class Death(int at)
{
    private int points;

    public void At(string point)
    {
        if (Interlocked.Increment(ref points) == at)
        {
            Console.Out.WriteLine(point);
            Console.Out.Flush();
            Process.GetCurrentProcess().Kill();
        }
    }

    /// <summary>A change of a store: one may die before it is done, and after it without having heard of it.</summary>
    public async Task<T> AroundAsync<T>(string change, Func<Task<T>> work)
    {
        At($"before {change}");
        var result = await work();
        At($"after {change}");
        return result;
    }

    /// <inheritdoc cref="AroundAsync{T}" />
    public Task AroundAsync(string change, Func<Task> work) => AroundAsync(change, async () =>
    {
        await work();
        return true;
    });
}

using Spectre.Console;

namespace TraderHub.LocalHost.Commands;

/// <summary>Work that may take long: after a second it shows how far it is, on standard error.</summary>
internal static class LongRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs work that reports the share of it that is done; one that reports none has a bar that only moves.</summary>
    public static Task ShowAsync(string title, bool isQuiet, Func<IProgress<double>, Task> work)
    {
        var share = new Share();
        return ShowAsync(() => (title, share.Value), isQuiet, work(share));
    }

    /// <summary>Shows work that says of itself what it is doing, and which share of it is done.</summary>
    public static async Task ShowAsync(Func<(string Title, double Share)> describe, bool isQuiet, Task running)
    {
        if (isQuiet || await IsDoneAfterAsync(running, Patience))
        {
            await running;
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            Ansi = Console.IsErrorRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        });
        await console.Progress().StartAsync(async context =>
        {
            var bar = context.AddTask(Markup.Escape(describe().Title));
            do
            {
                var (title, share) = describe();
                bar.Description = Markup.Escape(title);
                bar.IsIndeterminate = share == 0;
                bar.Value = share * bar.MaxValue;
            }
            while (!await IsDoneAfterAsync(running, Step));

            bar.IsIndeterminate = false;
            bar.Value = bar.MaxValue;
        });
        await running;
    }

    private static async Task<bool> IsDoneAfterAsync(Task work, TimeSpan time) =>
        await Task.WhenAny(work, Task.Delay(time, TimeProvider.System, CancellationToken.None)) == work;

    /// <summary>The last share that was reported; read from the thread that draws.</summary>
    private sealed class Share : IProgress<double>
    {
        private double value;

        public double Value => Volatile.Read(ref value);

        public void Report(double value) => Volatile.Write(ref this.value, value);
    }
}

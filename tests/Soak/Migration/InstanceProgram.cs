using System.Globalization;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;
using TraderHub.Testing;

namespace TraderHub.Soak.Migration;

/// <summary>
/// The process that is killed: an instance of the engine that does what each line of its input asks for, all at once, and says what became of it. A line is
/// a number, a verb and its words; the answer is the number, <c>ok</c> or <c>no</c>, and a text.
/// </summary>
internal sealed class InstanceProgram(EngineInstance engine)
{
    /// <summary>How many times as fast its clock is, so that what waits for ten seconds does not.</summary>
    public const int Times = 5;

    private readonly EngineCommands commands = new(engine);

    public static async Task<int> RunAsync(string folder, string start)
    {
        var clock = new FastClock(Times, DateTimeOffset.Parse(start, CultureInfo.InvariantCulture));
        await using var engine = EngineInstance.On(SharedPlace.OptionsOf(folder), clock);
        using var stop = new CancellationTokenSource();
        var program = new InstanceProgram(engine);
        var beating = engine.Get<Instances>().BeatUntilAsync(clock, stop.Token);
        await program.ServeAsync();
        await stop.CancelAsync();
        await beating;
        return 0;
    }

    private async Task ServeAsync()
    {
        using var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        var working = new List<Task>();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            working.RemoveAll(task => task.IsCompletedSuccessfully);
            working.Add(Task.Run(async () => await output.WriteLineAsync(await AnswerAsync(line.Split(' ')))));
        }

        await Task.WhenAll(working);
    }

    private async Task<string> AnswerAsync(string[] words)
    {
        var (number, command) = (words[0], words[1..]);
        try
        {
            var (error, text) = await commands.DoAsync(command);
            return error is null ? $"{number} ok {text}" : $"{number} no {error.Code} {error.Detail.ReplaceLineEndings(" ")}";
        }
        catch (Exception exception) when (exception is KeyValueException or StorageException or RunFencedException)
        {
            return $"{number} no {exception.GetType().Name} {exception.Message.ReplaceLineEndings(" ")}";
        }
    }
}

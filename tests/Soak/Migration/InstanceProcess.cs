using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace TraderHub.Soak.Migration;

/// <summary>An instance of the engine in a process of its own, as its parent sees it.</summary>
internal sealed class InstanceProcess : IAsyncDisposable
{
    /// <summary>What a process that was killed ends with.</summary>
    private const int Killed = 137;

    private readonly Process process;
    private readonly TextWriter input;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Answer?>> asked = new(StringComparer.Ordinal);
    private readonly StringBuilder errors = new();
    private readonly Task reading;
    private int number;

    private InstanceProcess(Process process)
    {
        this.process = process;
        process.StandardInput.AutoFlush = true;
        input = TextWriter.Synchronized(process.StandardInput);
        reading = ReadAsync();
    }

    /// <summary>Starts one. It shares the time of all that are told the same start.</summary>
    public static InstanceProcess Start(SharedPlace place, DateTimeOffset start)
    {
        var info = new ProcessStartInfo(Environment.ProcessPath!, ["migration-instance"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        place.AddTo(info);
        info.ArgumentList.Add(start.ToString("O", CultureInfo.InvariantCulture));
        return new(Process.Start(info)!);
    }

    /// <summary>Asks it to do something; null when it died before it answered.</summary>
    public async Task<Answer?> AskAsync(string command)
    {
        var id = Interlocked.Increment(ref number).ToString(CultureInfo.InvariantCulture);
        var answer = asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await input.WriteLineAsync($"{id} {command}");
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // It is dead.
            return null;
        }

        // Who asks the dead may do so after the last answer was read.
        if (reading.IsCompleted)
        {
            answer.TrySetResult(null);
        }

        return await answer.Task;
    }

    /// <summary>Kills it with SIGKILL, which must be what ends it.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await reading;
        await process.WaitForExitAsync();
        if (process.ExitCode != Killed)
        {
            throw new InvalidOperationException($"An instance ended by itself with {process.ExitCode}: {errors}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await reading;
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>An answer is one write to the pipe: it is there whole, or was not given.</summary>
    private async Task ReadAsync()
    {
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split(' ', 3) is [var id, var word, var text] && asked.TryRemove(id, out var answer))
            {
                answer.TrySetResult(new(word == "ok", text));
            }
        }

        foreach (var answer in asked.Values)
        {
            answer.TrySetResult(null);
        }
    }
}

/// <summary>What an instance answered.</summary>
/// <param name="IsDone">Whether it did what it was asked for.</param>
/// <param name="Text">What came of it, or why it did not.</param>
internal sealed record Answer(bool IsDone, string Text);

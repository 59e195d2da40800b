using System.Threading.Channels;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using NodaTime;
using TraderHub.Core.Operations;
using TraderHub.Core.Platform;
using TraderHub.Functions.Operations;

namespace TraderHub.LocalHost.Hosting.Timers;

/// <summary>
/// Runs one timer function: when it is due, once at start when a run was missed, and when an operator asks. One loop does all of it, so the
/// function never overlaps itself; what is due while it runs starts when it has ended, once.
/// </summary>
internal sealed partial class TimerListener(
    string name,
    TimerSchedule schedule,
    bool isMonitored,
    bool runOnStartup,
    Func<TimerInfo, CancellationToken, Task> run,
    ITimerStatusStore store,
    TimeProvider clock,
    ILogger<TimerListener> logger)
{
    /// <summary>The longest wait at a stretch, so that a clock that was set, or a machine that slept, is noticed.</summary>
    private static readonly Duration LongestWait = Duration.FromMinutes(1);

    private readonly Channel<bool> requests = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>The function's name.</summary>
    public string Name => name;

    /// <summary>The schedule's text.</summary>
    public string Schedule => schedule.Expression;

    /// <summary>When the function is due next.</summary>
    public Instant Next => schedule.NextAfter(clock.GetInstant());

    /// <summary>Asks for a run as soon as possible; several requests before it starts make one run.</summary>
    public void RequestRun() => requests.Writer.TryWrite(true);

    /// <summary>Runs until it is told to stop, and lets the run that is under way end.</summary>
    public async Task ListenAsync(CancellationToken stopping)
    {
        try
        {
            var status = await LoadAsync(stopping);
            if (status.IsUnfinished || status.Next < clock.GetInstant())
            {
                LogPastDue(name, status.IsUnfinished ? status.LastStarted!.Value : status.Next);
                status = await RunScheduledAsync(status, isPastDue: true, stopping);
            }
            else if (runOnStartup)
            {
                status = await RunScheduledAsync(status, isPastDue: false, stopping);
            }

            while (!stopping.IsCancellationRequested)
            {
                status = await IsRequestedBeforeAsync(status.Next, stopping)
                    ? await RunRequestedAsync(status, stopping)
                    : await RunScheduledAsync(status, isPastDue: false, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Told to stop while waiting.
        }
    }

    private async Task<TimerStatus> LoadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var stored = isMonitored ? await FindAsync(cancellationToken) : null;
        return stored ?? new TimerStatus(schedule.Expression, now, null, null, null, schedule.NextAfter(now));
    }

    /// <summary>A store that fails is logged; the timer goes on without its memory.</summary>
    private async Task<TimerStatus?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await store.FindAsync(name, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogForgotten(name, exception);
            return null;
        }
    }

    private async Task<bool> IsRequestedBeforeAsync(Instant due, CancellationToken stopping)
    {
        while (clock.GetInstant() is var now && now < due)
        {
            using var wait = new CancellationTokenSource(Duration.Min(due - now, LongestWait).ToTimeSpan(), clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(wait.Token, stopping);
            try
            {
                await requests.Reader.ReadAsync(either.Token);
                return true;
            }
            catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
            {
                // This stretch of waiting is over.
            }
        }

        return false;
    }

    private async Task<TimerStatus> RunRequestedAsync(TimerStatus status, CancellationToken stopping)
    {
        await InvokeAsync(status, isPastDue: false, stopping);
        return status;
    }

    private async Task<TimerStatus> RunScheduledAsync(TimerStatus status, bool isPastDue, CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        var startedAt = clock.GetInstant();
        if (!await InvokeAsync(status, isPastDue, stopping))
        {
            // Broken off by the shutdown: it has no end in the store, so that the next start runs it again.
            return status;
        }

        // Counted from the start of this run: what was due while it ran is due now.
        return status with { LastStarted = startedAt, LastEnded = clock.GetInstant(), Next = schedule.NextAfter(startedAt) };
    }

    /// <summary>Runs the function; false when it was broken off because the host stops.</summary>
    private async Task<bool> InvokeAsync(TimerStatus status, bool isPastDue, CancellationToken stopping)
    {
        var info = new TimerInfo
        {
            IsPastDue = isPastDue,
            ScheduleStatus = isMonitored
                ? new ScheduleStatus
                {
                    Last = status.LastStarted?.ToDateTimeUtc() ?? default,
                    Next = status.Next.ToDateTimeUtc(),
                    LastUpdated = (status.LastEnded ?? status.FirstSeen).ToDateTimeUtc(),
                }
                : null,
        };
        try
        {
            await run(info, stopping);
            return true;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            // A function's failure is the function's: the schedule goes on.
            LogFailed(name, exception);
            return true;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Timer {Function} missed its run of {Due}, or did not finish it; it runs now")]
    private partial void LogPastDue(string function, Instant due);

    [LoggerMessage(Level = LogLevel.Error, Message = "Timer {Function} failed")]
    private partial void LogFailed(string function, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The status of timer {Function} cannot be read; a run that was missed while the host was down is lost")]
    private partial void LogForgotten(string function, Exception exception);
}

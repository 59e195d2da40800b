using System.Diagnostics;
using System.Globalization;
using TraderHub.Testing;

namespace TraderHub.Worker.Tests;

/// <summary>The published worker as a process, started with what the Functions host starts it with.</summary>
internal sealed class WorkerProcess : RunningProcess
{
    private WorkerProcess(ProcessStartInfo start, IEnumerable<(string Key, string Value)> settings)
        : base(start, settings)
    {
    }

    public static WorkerProcess Start(string appFolder, Uri host, string workerId, IEnumerable<(string Key, string Value)> settings) => new(
        new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = appFolder,
            ArgumentList =
            {
                Path.Combine(appFolder, "Functions.dll"),
                "--functions-uri", host.ToString(),
                "--functions-worker-id", workerId,
                "--functions-request-id", Guid.NewGuid().ToString(),
                "--functions-grpc-max-message-length", int.MaxValue.ToString(CultureInfo.InvariantCulture),
            },
            Environment =
            {
                ["FUNCTIONS_APPLICATION_DIRECTORY"] = appFolder,
                ["FUNCTIONS_WORKER_DIRECTORY"] = appFolder,
            },
        },
        settings);
}

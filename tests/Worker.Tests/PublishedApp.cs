using System.Diagnostics;
using TraderHub.Testing;

namespace TraderHub.Worker.Tests;

/// <summary>The Functions project, published once for all tests as it is for Azure.</summary>
internal static class PublishedApp
{
    private static readonly Lazy<Task<TimeSpan>> Publish = new(PublishAsync);

    /// <summary>The folder that Azure would get.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "artifacts", "worker", "app");

    /// <summary>Ends when it is published, with how long that took.</summary>
    public static Task<TimeSpan> Published => Publish.Value;

    private static async Task<TimeSpan> PublishAsync()
    {
        if (Directory.Exists(Folder))
        {
            // A publish leaves what an earlier one wrote.
            Directory.Delete(Folder, recursive: true);
        }

        var started = TimeProvider.System.GetTimestamp();
        using var publish = Process.Start(new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                // With outputs of its own it meets no build that runs at the same time, and a second run only compiles what changed.
                "publish", "src/Functions", "--configuration", "Release", "--artifacts-path", "artifacts/worker", "--output", Folder,
                "--nologo", "--verbosity", "quiet", "--disable-build-servers",
            },
        })!;
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0
            ? TimeProvider.System.GetElapsedTime(started)
            : throw new InvalidOperationException($"The publish failed: {output}");
    }
}

/// <summary>The tests of the published app run one after the other, and share one worker where they can.</summary>
[CollectionDefinition(Name)]
public sealed class WorkerTests : ICollectionFixture<SharedWorker>
{
    public const string Name = "The published worker";
}

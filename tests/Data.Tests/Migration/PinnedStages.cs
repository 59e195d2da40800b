using TraderHub.Core.Migration.Stages;

namespace TraderHub.Data.Tests.Migration;

/// <summary>What an instance knows of the stages that has not heard of anything since.</summary>
internal sealed class PinnedStages(StageDocument document) : IStages
{
    public ValueTask<StageDocument> GetAsync(string group, CancellationToken cancellationToken) => new(document);

    public Task FreezeAsync(string group, string reason, CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"'{group}' was to be frozen: {reason}");
}

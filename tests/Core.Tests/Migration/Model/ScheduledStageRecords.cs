using TraderHub.Core.Migration.Stages;

namespace TraderHub.Core.Tests.Migration.Model;

/// <summary>What SQL knows of stages, one step a call.</summary>
internal sealed class ScheduledStageRecords(Schedule schedule) : IStageRecords
{
    private readonly Dictionary<string, StageDocument> documents = [];

    public async Task<StageDocument?> FindAsync(string group, CancellationToken cancellationToken)
    {
        await schedule.StepAsync();
        return documents.GetValueOrDefault(group);
    }

    public async Task<bool> TrySaveAsync(string group, StageDocument document, CancellationToken cancellationToken)
    {
        await schedule.StepAsync();
        if (documents.TryGetValue(group, out var current) && current.Epoch >= document.Epoch)
        {
            return false;
        }

        documents[group] = document;
        return true;
    }

    public async Task<bool> TryRemoveAsync(string group, long epoch, CancellationToken cancellationToken)
    {
        await schedule.StepAsync();
        return documents.TryGetValue(group, out var current) && current.Epoch == epoch && documents.Remove(group);
    }
}

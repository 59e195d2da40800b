using TraderHub.Core.Migration.Stages;

namespace TraderHub.Soak.Migration;

/// <summary>What SQL knows of the stage, before and after each of whose changes one may die.</summary>
internal sealed class MortalStageRecords(IStageRecords records, Death death) : IStageRecords
{
    public Task<StageDocument?> FindAsync(string group, CancellationToken cancellationToken) => records.FindAsync(group, cancellationToken);

    public Task<bool> TrySaveAsync(string group, StageDocument document, CancellationToken cancellationToken) =>
        death.AroundAsync($"SQL commit stage {document.Stage.ToText()}", () => records.TrySaveAsync(group, document, cancellationToken));

    public Task<bool> TryRemoveAsync(string group, long epoch, CancellationToken cancellationToken) =>
        death.AroundAsync("SQL commit no stage", () => records.TryRemoveAsync(group, epoch, cancellationToken));
}

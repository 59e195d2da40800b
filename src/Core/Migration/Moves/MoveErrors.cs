using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Moves;

/// <summary>Why a group is not moved.</summary>
internal static class MoveErrors
{
    /// <summary>A move whose conditions are not met; each is named.</summary>
    public static Error GateClosed(IReadOnlyList<string> reasons) =>
        new(ErrorKind.Conflict, "GATE_CLOSED", $"The group cannot be moved yet: {string.Join(' ', reasons)}") { Fields = new Dictionary<string, string[]> { ["reasons"] = [.. reasons] } };

    public static Error ChangedMeanwhile(string group) =>
        new(ErrorKind.Conflict, "STAGE_CHANGED", $"Somebody else moved '{group}' at the same moment. Look at its status, and decide again.");

    public static Error NowhereToGo(Stage stage, string direction) =>
        new(ErrorKind.Conflict, "NO_SUCH_MOVE", $"There is no stage {direction} '{stage.ToText()}'.");

    public static Error ReasonMissing { get; } = Error.InvalidFields(new Dictionary<string, string[]> { ["reason"] = ["is needed with force: it stands in the history and the audit."] });

    public static Error LossNotAccepted(string since) => new(
        ErrorKind.Conflict,
        "LOSS_NOT_ACCEPTED",
        $"Writes were acknowledged without the key-value store; what SQL alone has since {since} would be lost. Send acceptLoss (--accept-loss) to go back all the same.");
}

using System.Diagnostics;
using TraderHub.Core.Jobs;
using TraderHub.Core.Jobs.Reports.Reading;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Jobs;

/// <summary>What was found of a report, as callers see it.</summary>
internal static class ReportAnswers
{
    /// <summary>The answer for what was found.</summary>
    public static ReportAnswer<T> ToAnswer<T>(this ReportView<T> view)
        where T : class => new(
        true,
        view.ReportType,
        view.Date.ToIso(),
        view.State.ToText(),
        Explain(view.State, view.Holiday),
        view.Holiday,
        view.DueAt?.ToIso(),
        view.GeneratedAt?.ToIso(),
        view.IsStale,
        view.Run is { } run ? new ReportRunInfo(run.Id, run.RunId, run.Status.ToText(), run.ExecutedAt.ToIso()) : null,
        view.Content);

    private static string Explain(ReportState state, string? holiday) => state switch
    {
        ReportState.Ready => "The report is ready.",
        ReportState.Scheduled => "The report is not due yet.",
        ReportState.InProgress => "The report is being made.",
        ReportState.NotReady => "The report was due and is not there yet. It may be made at any moment.",
        ReportState.NoData => "Nothing was recorded for this date.",
        ReportState.Failed => "The run that was to make this report failed.",
        ReportState.Holiday => $"The exchange stays closed: {holiday}.",
        ReportState.Closed => "There is no report of this date: the exchange stays closed.",
        _ => throw new UnreachableException($"There is no state {state}."),
    };
}

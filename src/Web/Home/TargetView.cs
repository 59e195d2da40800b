namespace TraderHub.Web.Home;

/// <summary>How today goes, in US dollars.</summary>
/// <param name="StartBalance">What the day began with.</param>
/// <param name="Profit">What it has brought so far.</param>
/// <param name="TargetAmount">What it should bring.</param>
/// <param name="TargetPercent">The same in percent of the start.</param>
public sealed record TargetView(decimal StartBalance, decimal Profit, decimal TargetAmount, decimal TargetPercent)
{
    /// <summary>The profit in percent of the target; 0 without a target.</summary>
    public decimal ProgressPercent => TargetAmount > 0 ? Profit / TargetAmount * 100 : 0;

    /// <summary>The profit in percent of the start; 0 when the day began with nothing.</summary>
    public decimal ProfitPercent => StartBalance > 0 ? Profit / StartBalance * 100 : 0;

    /// <summary>Whether the day has brought what it should.</summary>
    public bool IsReached => ProgressPercent >= 100;
}

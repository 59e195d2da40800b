namespace TraderHub.Core.Operations;

/// <summary>What a scheduled run has done so far. Safe to use from several threads.</summary>
public sealed class CronRun
{
    private readonly Lock gate = new();

    /// <summary>How many users were served.</summary>
    public int UsersProcessed { get; private set; }

    /// <summary>How many users could not be served.</summary>
    public int UsersFailed { get; private set; }

    /// <summary>How many users needed nothing.</summary>
    public int UsersSkipped { get; private set; }

    /// <summary>The first failure of a user, fit for a log.</summary>
    public string? FirstError { get; private set; }

    /// <summary>Counts a user who was served.</summary>
    public void Processed()
    {
        lock (gate)
        {
            UsersProcessed++;
        }
    }

    /// <summary>Counts a user who needed nothing.</summary>
    public void Skipped()
    {
        lock (gate)
        {
            UsersSkipped++;
        }
    }

    /// <summary>Counts a user who could not be served.</summary>
    public void Failed(string reason)
    {
        lock (gate)
        {
            UsersFailed++;
            FirstError ??= reason;
        }
    }
}

namespace TraderHub.Core.Jobs;

/// <summary>What kinds of jobs there are. Others may store kinds of their own.</summary>
public static class JobTypes
{
    /// <summary>The analysis of symbols; what the latest execution is asked for by default.</summary>
    public const string Analysis = "analysis";
}

/// <summary>What starts a job.</summary>
public static class JobTriggers
{
    /// <summary>A timer.</summary>
    public const string Schedule = "cron";

    /// <summary>Somebody who asked for it now.</summary>
    public const string Manual = "manual";

    /// <summary>A program outside, which stores what it has done itself.</summary>
    public const string Program = "api";

    /// <summary>The key-value store that history is taken over from.</summary>
    public const string KeyValue = "kv";
}

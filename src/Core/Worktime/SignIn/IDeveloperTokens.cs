namespace TraderHub.Core.Worktime.SignIn;

/// <summary>Developers' tokens as texts that cannot be forged (rule G1).</summary>
public interface IDeveloperTokens
{
    /// <summary>A token as text: the same text for the same token.</summary>
    string Write(DeveloperToken token);

    /// <summary>What a text says, whether its time is over or not; null when it is none of ours.</summary>
    ValueTask<DeveloperToken?> ReadAsync(string text);
}

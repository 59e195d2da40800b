namespace TraderHub.Core.Platform;

/// <summary>On which version of a thing a caller's change rests. A change that rests on another version is refused, so that none is lost (rule H4).</summary>
public sealed class VersionCondition
{
    private readonly Func<string?, bool> isMetBy;

    private VersionCondition(Func<string?, bool> isMetBy) => this.isMetBy = isMetBy;

    /// <summary>The caller states none.</summary>
    public static VersionCondition None { get; } = new(_ => true);

    /// <summary>The thing must be there, in whatever version.</summary>
    public static VersionCondition Exists { get; } = new(version => version is not null);

    /// <summary>The thing must be there in one of these versions.</summary>
    public static VersionCondition OneOf(IReadOnlyCollection<string> versions) => new(version => version is not null && versions.Contains(version));

    /// <summary>Whether the change may be made to the current version; null when the thing is not there.</summary>
    public bool IsMetBy(string? version) => isMetBy(version);
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime.Profiles;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Worktime;

/// <summary>What is changed of a developer.</summary>
public sealed record ChangeProfileBody
{
    /// <summary>The zone that the developer's days are in from now on: an IANA id such as `Europe/Berlin`.</summary>
    public required string TimezoneId { get; init; }
}

/// <summary>A developer.</summary>
/// <param name="UserId">The id.</param>
/// <param name="GithubUsername">The name on GitHub.</param>
/// <param name="GithubAvatarUrl">The picture on GitHub.</param>
/// <param name="Email">The mail address, where GitHub tells it.</param>
/// <param name="TimezoneId">The zone that the developer's days are in.</param>
public sealed record ProfileAnswer(long UserId, string GithubUsername, string? GithubAvatarUrl, string? Email, string TimezoneId)
{
    internal static ProfileAnswer Of(DeveloperProfile profile) => new(profile.Id, profile.GithubUsername, profile.GithubAvatarUrl, profile.Email, profile.TimezoneId);
}

/// <summary>The signed-in developer.</summary>
public sealed class ProfileFunctions(IProfileRepository profiles)
{
    /// <summary>Chooses the zone that the developer's days are in. Sessions that have ended stay in the days they were counted on.</summary>
    [Function(nameof(ChangeProfile))]
    [Access(Caller.Developer)]
    [Accepts<ChangeProfileBody>]
    [Returns<ProfileAnswer>("The developer from now on.")]
    [Fails(StatusCodes.Status404NotFound, "The developer is gone.", "DEVELOPER_NOT_FOUND")]
    public async Task<IResult> ChangeProfile(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/time-sessions/profile")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestFields.ReadAsync(
            request,
            WorktimeJson.Default.ChangeProfileBody,
            (sent, errors) => errors.Require(UserZone.FromId(sent.TimezoneId) is not null, "timezone_id", "must be an IANA zone such as Europe/Berlin."),
            cancellationToken);
        return body.Error is { } refusal
            ? refusal.ToProblem()
            : Answer(await profiles.SetTimezoneAsync(request.Developer(), body.Value.Value.TimezoneId, cancellationToken));
    }

    /// <summary>The developer, with the zone that the days are in.</summary>
    [Function(nameof(GetProfile))]
    [Access(Caller.Developer)]
    [Returns<ProfileAnswer>("The developer.")]
    [Fails(StatusCodes.Status404NotFound, "The developer is gone.", "DEVELOPER_NOT_FOUND")]
    public async Task<IResult> GetProfile(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/time-sessions/profile")] HttpRequest request, CancellationToken cancellationToken) =>
        Answer(await profiles.FindAsync(request.Developer(), cancellationToken));

    private static IResult Answer(DeveloperProfile? profile) =>
        profile is null ? SessionErrors.NoDeveloper.ToProblem() : Reply.Json(ProfileAnswer.Of(profile), WorktimeJson.Default.ProfileAnswer);
}

namespace TraderHub.Core.Trading.SignIn;

/// <summary>
/// What a signature is given for. The wallet shows it in the message, so a signature that was given for one thing serves no other (rule A4).
/// </summary>
public sealed record SignInPurpose
{
    private SignInPurpose(string name, string statement) => (Name, Statement) = (name, statement);

    /// <summary>To begin a session.</summary>
    public static SignInPurpose Login { get; } = new("login", "Sign in to TraderHub.");

    /// <summary>To erase what is stored.</summary>
    public static SignInPurpose Erase { get; } =
        new("erase", "Erase everything that TraderHub has stored for this account. This cannot be undone.");

    /// <summary>All there are.</summary>
    public static IReadOnlyList<SignInPurpose> All { get; } = [Login, Erase];

    /// <summary>What clients and the store call it.</summary>
    public string Name { get; }

    /// <summary>What the message says of it.</summary>
    public string Statement { get; }

    /// <summary>The purpose of a name; null when there is none.</summary>
    public static SignInPurpose? FromName(string name) => All.FirstOrDefault(purpose => purpose.Name == name);
}

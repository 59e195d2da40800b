using TraderHub.Core.Platform;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Trading;

/// <summary>The body of <c>POST /api/auth/nonce</c>.</summary>
public sealed record NonceRequest
{
    /// <summary>The wallet that is to sign.</summary>
    public required string Address { get; init; }

    /// <summary><c>login</c>, which is the default, or <c>erase</c>.</summary>
    public string? Purpose { get; init; }
}

/// <summary>The answer of <c>POST /api/auth/nonce</c>.</summary>
/// <param name="Nonce">The nonce in the message.</param>
/// <param name="Message">What to sign, with personal_sign, exactly as it is.</param>
/// <param name="ExpiresAt">When it is no longer good.</param>
public sealed record NonceAnswer(string Nonce, string Message, string ExpiresAt)
{
    /// <summary>The answer for a message.</summary>
    public static NonceAnswer From(SignInMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new(message.Nonce, message.ToString(), message.ExpiresAt.ToIso());
    }
}

/// <summary>The body of <c>POST /api/auth/login</c>.</summary>
public sealed record LoginRequest
{
    /// <summary>The message as it was issued.</summary>
    [MultiLine]
    public required string Message { get; init; }

    /// <summary>The wallet's signature of it: <c>0x</c> and 130 hexadecimal digits.</summary>
    public required string Signature { get; init; }
}

/// <summary>The answer of <c>POST /api/auth/login</c>.</summary>
/// <param name="Token">What to send as <c>Authorization: Bearer</c>; a browser has it in its cookie too.</param>
/// <param name="Address">The trader.</param>
/// <param name="ExpiresAt">When the session ends.</param>
public sealed record LoginAnswer(string Token, string Address, string ExpiresAt)
{
    /// <summary>The answer for a session.</summary>
    public static LoginAnswer From(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new(session.Token, session.Address.ToString(), session.ExpiresAt.ToIso());
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Http;
using TraderHub.Core.Trading;
using TraderHub.Core.Worktime.SignIn;

namespace TraderHub.Functions.Http;

/// <summary>Who a caller has proved to be.</summary>
/// <param name="Kind">What kind of caller.</param>
/// <param name="Name">The address, <c>operator</c>, or the API key's name: what the audit writes.</param>
/// <param name="IsByCookie">Whether the proof came in a cookie, which browsers send unasked.</param>
internal sealed record Identity(Caller Kind, string Name, bool IsByCookie)
{
    /// <summary>The trader's address; null for others.</summary>
    public WalletAddress? Trader { get; init; }

    /// <summary>The developer's id; null for others.</summary>
    public long? Developer { get; init; }

    /// <summary>The token that the developer's request came with; null for others.</summary>
    public DeveloperToken? Token { get; init; }

    /// <summary>What a program may do; empty for others.</summary>
    public IReadOnlySet<string> Scopes { get; init; } = new HashSet<string>();

    public static Identity OfTrader(WalletAddress address, bool isByCookie) => new(Caller.Trader, address.ToString(), isByCookie) { Trader = address };

    public static Identity OfDeveloper(DeveloperToken token, bool isByCookie) =>
        new(Caller.Developer, NameOfDeveloper(token.DeveloperId), isByCookie) { Developer = token.DeveloperId, Token = token };

    public static string NameOfDeveloper(long id) => string.Create(CultureInfo.InvariantCulture, $"developer {id}");

    public static Identity OfOperator(bool isByCookie) => new(Caller.Operator, "operator", isByCookie);

    public static Identity OfProgram(ApiKey key) => new(Caller.Program, key.Name, IsByCookie: false) { Scopes = key.Scopes };
}

/// <summary>The identity of a request.</summary>
internal static class RequestIdentity
{
    /// <summary>Remembers who the caller is.</summary>
    public static void SetIdentity(this HttpContext http, Identity? identity) => http.Items[typeof(Identity)] = identity;

    /// <summary>Who the caller of a function that is not for anybody is.</summary>
    public static Identity Identity(this HttpRequest request) => (Identity)request.HttpContext.Items[typeof(Identity)]!;

    /// <summary>The trader who calls a function that anybody may call; null when it is somebody else.</summary>
    public static WalletAddress? TraderIfKnown(this HttpRequest request) => (request.HttpContext.Items[typeof(Identity)] as Identity)?.Trader;

    /// <summary>Whether the caller of a function that anybody may call has a scope; operators have all of them.</summary>
    public static bool HasScope(this HttpRequest request, string scope) =>
        request.HttpContext.Items[typeof(Identity)] is Identity identity && (identity.Kind == Caller.Operator || identity.Scopes.Contains(scope));

    /// <summary>Whether the caller of a function that anybody may call is the operator.</summary>
    public static bool IsFromOperator(this HttpRequest request) => request.HttpContext.Items[typeof(Identity)] is Identity { Kind: Caller.Operator };

    /// <summary>The signed-in trader of a function with <see cref="Caller.Trader"/>.</summary>
    public static WalletAddress Trader(this HttpRequest request) => request.Identity().Trader!.Value;

    /// <summary>The token of a developer who calls a function that anybody may call; null when it is somebody else.</summary>
    public static DeveloperToken? TokenIfKnown(this HttpRequest request) => (request.HttpContext.Items[typeof(Identity)] as Identity)?.Token;

    /// <summary>The id of the signed-in developer of a function with <see cref="Caller.Developer"/>.</summary>
    public static long Developer(this HttpRequest request) => request.Identity().Developer!.Value;
}

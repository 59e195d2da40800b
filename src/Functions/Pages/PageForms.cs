using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;
using TraderHub.Web.Layout;

namespace TraderHub.Functions.Pages;

/// <summary>The forms of our pages: they carry a token, and what comes without it is not one of them (rule A11).</summary>
internal sealed class PageForms(IAntiforgery antiforgery)
{
    /// <summary>The field of the token.</summary>
    public const string TokenField = "form-token";

    /// <summary>The field that tells where the form was, and the browser goes back to.</summary>
    public const string PageField = "page";

    private static readonly string[] OwnFields = [TokenField, PageField];

    /// <summary>The token for the forms of a page.</summary>
    public FormToken CreateToken(HttpContext http) => new(TokenField, antiforgery.GetAndStoreTokens(http).RequestToken!);

    /// <summary>Reads the form of a request, which functions then find in it; the refusal when it is not one of ours.</summary>
    public async Task<Error?> ReadAsync(HttpRequest request)
    {
        var fields = await RequestBody.ReadFormAsync(request, request.HttpContext.RequestAborted);
        if (fields.Error is { } unreadable)
        {
            return unreadable;
        }

        request.Form = new FormCollection(fields.Value);
        return await antiforgery.IsRequestValidAsync(request.HttpContext)
            ? null
            : new Error(
                ErrorKind.Forbidden,
                "FORM_TOKEN_NOT_VALID",
                "This form is not from a page of this session: it may be an old one. Nothing was changed. Go back, reload the page, and send it again.");
    }

    /// <summary>The fields of a form that has been read, without those that every form of ours has.</summary>
    public static IEnumerable<KeyValuePair<string, StringValues>> FieldsOf(HttpRequest request) =>
        request.Form.Where(field => !OwnFields.Contains(field.Key));

    /// <summary>Where the browser goes after a form: back to its page, and never off this site.</summary>
    public static string PageOf(HttpRequest request)
    {
        var page = request.Form[PageField].ToString();
        return page.StartsWith('/') && !page.StartsWith("//", StringComparison.Ordinal) && !page.Contains('\\', StringComparison.Ordinal) && !page.Any(char.IsControl)
            ? page
            : "/";
    }
}

namespace TraderHub.Functions.Http;

/// <summary>
/// States that a function is a page for browsers, or takes the form of one. A visitor's session is then known where anybody may call, and a form
/// without the token of our own pages is refused (rule A11).
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PageAttribute : Attribute;

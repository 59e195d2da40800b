namespace TraderHub.Functions.Http;

/// <summary>
/// States that people follow links to a function that is no page: what others add to the query of such a link is ignored, elsewhere it is refused.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VisitedAttribute : Attribute;

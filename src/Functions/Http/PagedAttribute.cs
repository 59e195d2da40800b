namespace TraderHub.Functions.Http;

/// <summary>States that a function answers a list in pages, as <see cref="RequestQuery.Page"/> reads them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PagedAttribute : Attribute;

namespace TraderHub.Functions.Http;

/// <summary>
/// States that what a function reads or changes has versions: a read sends them as ETag and heeds If-None-Match, a change heeds If-Match.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VersionedAttribute : Attribute;

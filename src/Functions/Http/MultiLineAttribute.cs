namespace TraderHub.Functions.Http;

/// <summary>States that a text of a body may have several lines; others have one (rule H5).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MultiLineAttribute : Attribute;

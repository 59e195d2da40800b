namespace TraderHub.Data.Tests;

/// <summary>Says that a class's tests take long, so that they begin first and do not run alone when all others have ended.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RunsLongAttribute : Attribute;

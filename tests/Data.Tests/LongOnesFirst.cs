using TraderHub.Data.Tests;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer($"TraderHub.Data.Tests.{nameof(LongOnesFirst)}", "Data.Tests")]

namespace TraderHub.Data.Tests;

/// <summary>Begins with the classes that run long.</summary>
public sealed class LongOnesFirst : ITestCollectionOrderer
{
    private static readonly HashSet<string> LongOnes =
        [.. typeof(LongOnesFirst).Assembly.GetTypes().Where(type => type.IsDefined(typeof(RunsLongAttribute), inherit: false)).Select(type => type.FullName!)];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(collection => LongOnes.Any(name => collection.DisplayName.EndsWith(name, StringComparison.Ordinal)));
}

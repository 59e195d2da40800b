using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TraderHub.Core.Jobs.Migration;
using TraderHub.Core.Migration.Entities;
using TraderHub.Testing;

namespace TraderHub.Core.Tests.Migration.Entities;

/// <summary>What holds for every entity, whatever stands under its keys.</summary>
public sealed class EntityLaws
{
    private static IReadOnlyDictionary<string, (IEntity Entity, string Key, Gen<byte[]> Values)> Entities => EntityValues.All;

    public static TheoryData<string> Names { get; } = [.. EntityValues.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Convert_OfWhatItMade_IsTheSame(string name)
    {
        var (entity, key, values) = Entities[name];
        Prop.ForAll(Arb.From(values), value =>
        {
            var first = entity.Convert(key, value);
            if (first.Error is not null)
            {
                return first.Value.Span.SequenceEqual(value) && first.Rejected.Count == 0;
            }

            var second = entity.Convert(key, first.Value);
            return second.Error is null && second.Value.Span.SequenceEqual(first.Value.Span) && second.Rejected.SequenceEqual(first.Rejected);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Convert_FindsSomething_InPartOfWhatIsLikely(string name)
    {
        // Otherwise the law above would hold for nothing. The rarest, a cache that can be read, is a tenth of what is tried.
        const int Tried = 3000;
        var (entity, key, values) = Entities[name];
        var converted = values.Sample(Tried).Count(value => entity.Convert(key, value).Error is null);

        Assert.InRange(converted, Tried / 20, Tried - (Tried / 20));
    }

    [Fact]
    public void Convert_EveryShapeOfAnAnalysis_IsTheShapeThatIsWritten() => Assert.All(AnalysisShapes.All, shape =>
    {
        var first = ((IEntity)new AnalysisEntity()).Convert("analysis_2026-01-08", Encoding.UTF8.GetBytes(shape.Json));
        Assert.Null(first.Error);
        Assert.Contains("\"sentiment_signals\":", Encoding.UTF8.GetString(first.Value.Span), StringComparison.Ordinal);
    });
}

using System.Collections;
using System.Text.Json.Serialization.Metadata;

namespace TraderHub.Data.Upstream.Hyperliquid.Asking;

/// <summary>A question, and how its answer is read.</summary>
/// <param name="Request">What is sent.</param>
/// <param name="AnswerType">The answer's shape.</param>
/// <param name="Read">Makes of the answer what callers need, or throws when it lacks something.</param>
internal sealed record InfoQuestion<TAnswer, TResult>(InfoRequest Request, JsonTypeInfo<TAnswer> AnswerType, Func<TAnswer, TResult> Read)
    where TAnswer : class
{
    /// <summary>What it weighs.</summary>
    public InfoWeight Weight { get; } = InfoWeight.Of(Request.Type);

    /// <summary>What it has weighed with this answer.</summary>
    public int Weigh(TAnswer answer) => Weight.With(answer is ICollection rows ? rows.Count : 0);
}

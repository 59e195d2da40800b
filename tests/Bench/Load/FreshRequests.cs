using System.Collections;

namespace TraderHub.Bench.Load;

/// <summary>Requests of which none is sent twice: whoever asks for one, at whatever place, is given the next.</summary>
internal sealed class FreshRequests(Func<int, ReadOnlyMemory<byte>> make) : IReadOnlyList<ReadOnlyMemory<byte>>
{
    private int made;

    public int Count => int.MaxValue;

    public ReadOnlyMemory<byte> this[int index] => make(Interlocked.Increment(ref made));

    public IEnumerator<ReadOnlyMemory<byte>> GetEnumerator() => throw new NotSupportedException("They do not end.");

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

namespace TraderHub.Functions.Http;

/// <summary>States the largest body that a function reads, where that is not what its kind of caller may send (rule H8).</summary>
/// <param name="bytes">The size, in bytes.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LargestBodyAttribute(int bytes) : Attribute
{
    /// <summary>The size, in bytes.</summary>
    public int Bytes { get; } = bytes;
}

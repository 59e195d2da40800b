namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>How badly the exchange behaves; by default not at all. Which request is hit is decided by its number, so a run can be repeated.</summary>
internal sealed record SimulatedFaults
{
    /// <summary>How long each answer takes.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The share of requests answered with status 500 and <c>null</c>.</summary>
    public double InternalErrors { get; init; }

    /// <summary>The share answered with status 502 and a page.</summary>
    public double BadGateways { get; init; }

    /// <summary>The share whose answer breaks off in the middle.</summary>
    public double BrokenBodies { get; init; }

    /// <summary>What happens to a request.</summary>
    public SimulatedFault Of(long request)
    {
        // The golden ratio's multiples lie evenly, and without a beat that a client's own rhythm could meet.
        var place = request * 0.618033988749895 % 1;
        return place < InternalErrors ? SimulatedFault.InternalError
            : place < InternalErrors + BadGateways ? SimulatedFault.BadGateway
            : place < InternalErrors + BadGateways + BrokenBodies ? SimulatedFault.BrokenBody
            : SimulatedFault.None;
    }
}

/// <summary>What can go wrong with an answer.</summary>
internal enum SimulatedFault
{
    None,
    InternalError,
    BadGateway,
    BrokenBody,
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Operating;

namespace TraderHub.Functions.Jobs;

/// <summary>Says with answers that are read from SQL alone when it does not have every analysis yet.</summary>
public sealed class JobLists(CheckCompleteness completeness, [FromKeyedServices("jobs")] EntityGroup group)
{
    /// <summary>The header that names the store which has more.</summary>
    public const string IncompleteHeader = "X-Data-Incomplete";

    /// <summary>Marks the answer where something is missing in it.</summary>
    public async Task MarkAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!await completeness.ExecuteAsync(group, cancellationToken))
        {
            request.HttpContext.Response.Headers[IncompleteHeader] = "kv";
        }
    }
}

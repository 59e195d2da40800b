using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using TraderHub.Core.Jobs;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Jobs;

/// <summary>Turns a body into an execution to store, or into all that is wrong with it.</summary>
internal static class NewJobReader
{
    /// <summary>The execution, or the problems of the shape together with those of the values.</summary>
    public static Result<NewJob> Read(CheckedBody body, Instant now)
    {
        if (body.Fields is not JsonObject fields)
        {
            return body.Errors.ToError();
        }

        FillIn(fields);
        var job = NewJobChecks.Read(fields.Deserialize(JobsJson.Default.NewJobBody)!, now, body.Errors);
        return body.Errors.IsEmpty ? job : body.Errors.ToError();
    }

    /// <summary>What is missing or has another shape was noted already; in its place stands what nobody objects to, so that the rest can be looked at.</summary>
    private static void FillIn(JsonObject fields)
    {
        fields["job_type"] ??= JobTypes.Analysis;
        fields["execution_date"] ??= "2000-01-01";
        fields["status"] ??= JobStatus.Success.ToText();
        var results = fields["results"] as JsonArray ?? [];
        for (var i = 0; i < results.Count; i++)
        {
            results[i] ??= new JsonObject();
            results[i]!["result_type"] ??= ResultTypes.AnalysisDetail;
        }
    }

    /// <summary>What tells two bodies apart: equal bytes are equal fields.</summary>
    public static byte[] BytesOf(CheckedBody body) => Encoding.UTF8.GetBytes(body.Fields!.ToJsonString());
}

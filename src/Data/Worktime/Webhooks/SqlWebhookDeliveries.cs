using NodaTime;
using TraderHub.Core.Worktime.Webhooks;

namespace TraderHub.Data.Worktime.Webhooks;

internal sealed class SqlWebhookDeliveries(WorktimeDatabase database) : IWebhookDeliveries
{
    public Task<int?> OnceAsync(string id, string eventName, Instant at, Func<Task<int>> work, CancellationToken cancellationToken)
    {
        // Of two at the same moment the second waits here until the first is done, or takes its place when it failed.
        const string Take = """
            INSERT INTO webhook_deliveries (id, event, received_at) VALUES (@Id, @Event, @ReceivedAt) ON CONFLICT (id) DO NOTHING
            """;
        const string Note = "UPDATE webhook_deliveries SET sessions_ended = @Ended WHERE id = @Id";

        return database.InTransactionAsync<int?>(
            async () =>
            {
                if (await database.ExecuteAsync(Take, new { Id = id, Event = eventName, ReceivedAt = at.ToUnixTimeSeconds() }, cancellationToken) == 0)
                {
                    return null;
                }

                var ended = await work();
                await database.ExecuteAsync(Note, new { Id = id, Ended = (long)ended }, cancellationToken);
                return ended;
            },
            cancellationToken);
    }
}

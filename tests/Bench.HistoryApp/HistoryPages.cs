using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using TraderHub.Core.Jobs;
using TraderHub.Core.Platform;

namespace TraderHub.Bench.HistoryApp;

/// <summary>Reads pages of the history straight from a SQLite file.</summary>
internal sealed class HistoryPages(string path)
{
    private const int Limit = 50;

    private static readonly string[] Columns =
    [
        "id", "job_type", "execution_date", "report_type", "status", "executed_at", "started_at", "execution_time_ms", "symbols_processed", "symbols_successful",
        "symbols_fallback", "symbols_failed", "success_rate", "metadata", "run_id", "trigger_source",
    ];

    private static readonly Dictionary<string, string> Filters = new()
    {
        ["type"] = "job_type = @type",
        ["status"] = "status = @status",
        ["report_type"] = "report_type = @report_type",
        ["from"] = "execution_date >= @from",
        ["to"] = "execution_date < @to",
        ["min_duration"] = "execution_time_ms >= CAST(@min_duration AS INTEGER)",
        ["symbol"] = "EXISTS (SELECT 1 FROM scheduled_job_results AS result WHERE result.job_execution_id = job.id AND result.symbol = @symbol)",
        ["q"] = "metadata LIKE '%' || @q || '%'",
    };

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ConcurrentBag<Reader> idle = [];

    /// <summary>The answer to a query.</summary>
    public ReadOnlyMemory<byte> Read(string key, IQueryCollection query)
    {
        var reader = idle.TryTake(out var kept) ? kept : new Reader(path);
        var buffer = new ArrayBufferWriter<byte>(32 * 1024);
        using (var rows = reader.Get(key, query).ExecuteReader())
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            Write(rows, writer);
        }

        idle.Add(reader);
        return buffer.WrittenMemory;
    }

    private static void Write(SqliteDataReader rows, Utf8JsonWriter writer)
    {
        // The count stands before the rows, so they are written beside it first.
        var jobs = new ArrayBufferWriter<byte>(32 * 1024);
        var count = 0;
        string? next = null;
        using (var list = new Utf8JsonWriter(jobs, WriterOptions))
        {
            list.WriteStartArray();
            (string Date, string Time, long Id) last = (string.Empty, string.Empty, 0);
            while (rows.Read())
            {
                if (count == Limit)
                {
                    next = Cursor.Write(
                        "jobs",
                        new JobHistoryKey(last.Date, last.Time, last.Id));
                    break;
                }

                WriteJob(rows, list);
                last = (rows.GetString(2), rows.GetString(5), rows.GetInt64(0));
                count++;
            }

            list.WriteEndArray();
        }

        writer.WriteStartObject();
        writer.WriteBoolean("success", true);
        writer.WriteNumber("count", count);
        writer.WritePropertyName("jobs");
        writer.WriteRawValue(jobs.WrittenSpan, skipInputValidation: true);
        writer.WriteString("next_cursor", next);
        writer.WriteBoolean("has_more", next is not null);
        writer.WriteEndObject();
    }

    private static void WriteJob(SqliteDataReader row, Utf8JsonWriter list)
    {
        list.WriteStartObject();
        for (var i = 0; i < Columns.Length; i++)
        {
            list.WritePropertyName(Columns[i]);
            if (row.IsDBNull(i))
            {
                list.WriteNullValue();
            }
            else if (i is 0 or (>= 7 and <= 11))
            {
                list.WriteNumberValue(row.GetInt64(i));
            }
            else if (i == 12)
            {
                list.WriteNumberValue(row.GetDouble(i));
            }
            else if (i == 13)
            {
                list.WriteRawValue(row.GetString(i), skipInputValidation: true);
            }
            else
            {
                list.WriteStringValue(row.GetString(i));
            }
        }

        list.WriteEndObject();
    }

    /// <summary>A connection and its compiled statements.</summary>
    private sealed class Reader
    {
        private readonly SqliteConnection connection;
        private readonly Dictionary<string, SqliteCommand> commands = [];

        public Reader(string path)
        {
            connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly");
            connection.Open();
        }

        public SqliteCommand Get(string key, IQueryCollection query)
        {
            if (!commands.TryGetValue(key, out var command))
            {
                commands.Add(key, command = Compile(query));
            }

            return command;
        }

        private SqliteCommand Compile(IQueryCollection query)
        {
            var filters = query.Keys.Select(name => Filters[name]).DefaultIfEmpty("1 = 1");
            var command = connection.CreateCommand();
            command.CommandText =
                $"SELECT {string.Join(", ", Columns)} FROM job_executions AS job INDEXED BY {IndexFor(query)} WHERE {string.Join(" AND ", filters)} ORDER BY execution_date DESC, executed_at DESC, id DESC LIMIT {Limit + 1}";
            foreach (var (name, value) in query)
            {
                command.Parameters.AddWithValue($"@{name}", value.ToString());
            }

            return command;
        }

        /// <summary>The planner, left alone, takes smaller indexes and sorts what they find.</summary>
        private static string IndexFor(IQueryCollection query) => query switch
        {
            _ when query["status"] == "failed" => "idx_job_history_status",
            _ when query.ContainsKey("report_type") => "idx_job_history_report",
            _ when query.ContainsKey("type") => "idx_job_history_type",
            _ => "idx_job_history",
        };
    }
}

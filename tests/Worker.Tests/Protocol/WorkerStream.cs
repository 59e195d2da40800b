using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using TraderHub.Testing;

namespace TraderHub.Worker.Tests.Protocol;

/// <summary>The stream that a worker opens to its host: messages for the worker, its answers by request, and its log.</summary>
internal sealed class WorkerStream : FunctionRpc.FunctionRpcBase
{
    private readonly Channel<StreamingMessage> toWorker = Channel.CreateUnbounded<StreamingMessage>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> questions = new();
    private readonly TaskCompletionSource<string> started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the worker has said its id.</summary>
    public Task<string> Started => started.Task;

    /// <summary>What the worker logged through its host.</summary>
    public ConcurrentQueue<RpcLog> Logs { get; } = new();

    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        var sending = SendAsync(responseStream, context.CancellationToken);
        try
        {
            await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken))
            {
                Receive(message);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // A worker that ends does not close its stream first.
        }

        toWorker.Writer.TryComplete();
        foreach (var question in questions.Values)
        {
            question.TrySetException(new IOException("The worker ended before it answered."));
        }

        await sending;
    }

    /// <summary>Sends a message and waits for the answer to it.</summary>
    public async Task<StreamingMessage> AskAsync(StreamingMessage question)
    {
        question.RequestId = Guid.NewGuid().ToString();
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        questions[question.RequestId] = answer;
        Tell(question);
        return await answer.Task.WaitAsync(Eventually.Limit);
    }

    /// <summary>Sends a message that is not answered.</summary>
    public void Tell(StreamingMessage message) => toWorker.Writer.TryWrite(message);

    private async Task SendAsync(IServerStreamWriter<StreamingMessage> responseStream, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in toWorker.Reader.ReadAllAsync(cancellationToken))
            {
                await responseStream.WriteAsync(message, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The worker has ended; InvalidOperationException is how the server says that its stream is over.
        }
    }

    private void Receive(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.StartStream:
                started.TrySetResult(message.StartStream.WorkerId);
                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                Logs.Enqueue(message.RpcLog);
                break;
            default:
                if (questions.TryRemove(message.RequestId, out var question))
                {
                    question.TrySetResult(message);
                }

                break;
        }
    }
}

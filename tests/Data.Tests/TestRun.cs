using System.Reflection;
using TraderHub.Data.Tests;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework($"TraderHub.Data.Tests.{nameof(TestRun)}", "Data.Tests")]

namespace TraderHub.Data.Tests;

/// <summary>A run of this project's tests, which drops what they shared when the last has ended: the process is ended too soon after that to do it then.</summary>
public sealed class TestRun(IMessageSink messages) : XunitTestFramework(messages)
{
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) => new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName name, ISourceInformationProvider sources, IMessageSink messages) : XunitTestFrameworkExecutor(name, sources, messages)
    {
        protected override async void RunTestCases(IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions)
        {
            using var run = new Runner(TestAssembly, testCases, DiagnosticMessageSink, executionMessageSink, executionOptions);
            await run.RunAsync();
        }
    }

    private sealed class Runner(
        ITestAssembly assembly, IEnumerable<IXunitTestCase> cases, IMessageSink diagnostics, IMessageSink execution, ITestFrameworkExecutionOptions options)
        : XunitTestAssemblyRunner(assembly, cases, diagnostics, execution, options)
    {
        protected override async Task BeforeTestAssemblyFinishedAsync()
        {
            await MigratedTemplates.DropDatabasesAsync();
            await base.BeforeTestAssemblyFinishedAsync();
        }
    }
}

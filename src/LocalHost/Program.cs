using TraderHub.LocalHost.Commands;

return await CommandLine.RunAsync(args);

using TraderHub.Bench;

return await CommandLine.RunAsync(args);

using Preserve.Web.CommandLine;

return await PreserveCommand.RunAsync(args);

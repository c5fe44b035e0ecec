using Preserve.Catalog.Probing;
using Preserve.Web.CommandLine;

// The child that reads untrusted bytes: before anything else, since it is started often and needs nothing of the service.
return args is [ProbeProgram.Verb]
    ? ProbeChild.Run(Console.OpenStandardInput(), Console.OpenStandardOutput())
    : await PreserveCommand.RunAsync(args);

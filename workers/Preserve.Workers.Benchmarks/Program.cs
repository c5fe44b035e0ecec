using System.CommandLine;
using Preserve.Workers.Benchmarks.Replay;

var root = new RootCommand("Measures the parts of a worker.")
{
    ReplayCommand.Create(),
};
return await root.Parse(args).InvokeAsync();

using System.CommandLine;
using Preserve.Workers.Benchmarks.Capture;
using Preserve.Workers.Benchmarks.Replay;

var root = new RootCommand("Measures the parts of a worker.")
{
    CaptureCommand.Create(),
    ReplayCommand.Create(),
};
return await root.Parse(args).InvokeAsync();

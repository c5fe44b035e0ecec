using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Preserve.Emulation.Builds;
using Preserve.Emulation.Machines;
using Preserve.Sandbox;
using Preserve.Web.Tests.Running;
using Preserve.Workers.Hosting;

namespace Preserve.Web.Tests.Health;

public sealed class HealthTests
{
    private const int Limit = 60_000;

    [Fact(Timeout = Limit)]
    public async Task Without_an_emulator_the_service_is_unhealthy_and_names_the_package()
    {
        await using var museum = await Museum.OpenAsync(services => services.Replace(ServiceDescriptor.Singleton<IMachineEngine>(new MissingEngine())));

        using var answer = await museum.Client.GetAsync(new Uri("/healthz", UriKind.Relative), TestContext.Current.CancellationToken);
        var report = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.False((bool)report!["canTakeSessions"]!);
        Assert.Contains(report["findings"]!.AsArray(), finding =>
            ((string)finding!["text"]!).Contains("qemu-system-x86", StringComparison.Ordinal) && (bool)finding["prevents"]!);
    }

    [Fact(Timeout = Limit)]
    public async Task The_gallery_opens_also_where_machines_cannot_run()
    {
        await using var museum = await Museum.OpenAsync(services => services.Replace(ServiceDescriptor.Singleton<IMachineEngine>(new MissingEngine())));

        using var answer = await museum.Client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact(Timeout = Limit)]
    public async Task A_data_folder_that_sandboxes_cannot_enter_is_told_with_what_to_do()
    {
        await using var museum = await Museum.OpenAsync();
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "As an ordinary user sandboxes are that user, who owns the folder.");

        var folder = museum.Services.GetRequiredService<WorkerOptions>().DataFolder;
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var answer = await museum.Client.GetAsync(new Uri("/healthz", UriKind.Relative), TestContext.Current.CancellationToken);
        var report = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains(report!["findings"]!.AsArray(), finding => ((string)finding!["text"]!).Contains("chmod o+x", StringComparison.Ordinal));
    }

    [Fact(Timeout = Limit)]
    public async Task Where_no_sandbox_can_be_made_the_service_is_unhealthy_and_says_why()
    {
        await using var museum = await Museum.OpenAsync(services => services.Replace(ServiceDescriptor.Singleton<ISandbox>(new ForbiddenSandbox())));

        using var answer = await museum.Client.GetAsync(new Uri("/healthz", UriKind.Relative), TestContext.Current.CancellationToken);
        var report = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var prevents = Assert.Single(report!["findings"]!.AsArray(), finding => (bool)finding!["prevents"]!);
        Assert.Equal(ForbiddenSandbox.Words, (string)prevents!["text"]!);
    }

    /// <summary>A sandbox in a container whose profile forbids namespaces.</summary>
    private sealed class ForbiddenSandbox : ISandbox
    {
        public const string Words = "Sandbox trial could not be made: No permissions to create new namespace.";

        public Task<ISandboxedProcess> StartAsync(SandboxSpec spec, CancellationToken cancellationToken) => throw new SandboxException(Words);

        public void CreatePrivateFolder(string path) => throw new SandboxException(Words);

        public string? FindUnreachable(string folder) => null;

        public Task<IReadOnlyList<SandboxFinding>> CheckAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<SandboxFinding>>([new SandboxFinding(true, Words)]);
    }

    /// <summary>An engine on a host that has no emulator.</summary>
    private sealed class MissingEngine : IMachineEngine
    {
        public string Id => "qemu";

        public EngineCapabilities Capabilities => new(false, false, false, false, false, false);

        public Task<IReadOnlyList<EmulatorBuild>> FindBuildsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<EmulatorBuild>>([]);

        public Task<IReadOnlyList<string>> FindProblemsAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<string>>(["QEMU is missing. Install the package qemu-system-x86."]);

        public Task<EmulatorBuild> MeasureAsync(BuildFolder folder, CancellationToken cancellationToken) =>
            throw new EmulatorBuildException("QEMU is missing.");

        public IReadOnlyList<MachineOverlay> OverlaysOf(MachineDefinition definition, string folder) => [];

        public Task<string?> FindOverlayProblemAsync(MediumFile medium, string overlay, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

        public Task<IMachine> ResumeAsync(MachineDefinition definition, EmulatorBuild build, string folder, string saved, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public string Fingerprint(MachineDefinition definition, EmulatorBuild build) => throw new NotSupportedException();

        public string WriteScript(MachineDefinition definition, EmulatorBuild build) => "";

        public IReadOnlyList<string> Validate(MachineDefinition definition) => [];

        public Task<IMachine> StartAsync(MachineDefinition definition, EmulatorBuild build, string folder, CancellationToken cancellationToken) =>
            throw new MachineException("QEMU is missing.");
    }
}

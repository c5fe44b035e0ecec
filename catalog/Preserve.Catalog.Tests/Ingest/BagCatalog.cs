using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Ingest;
using Preserve.Catalog.Tests.Engines;
using Preserve.Catalog.Tests.Import;
using Preserve.Catalog.Tests.Probing;

namespace Preserve.Catalog.Tests.Ingest;

/// <summary>A catalog that can judge bags: with the child in its sandbox.</summary>
internal static class BagCatalog
{
    /// <param name="engine">Where its rows are.</param>
    /// <param name="clamd">Socket of the virus scanner; null where none is configured.</param>
    public static async Task<TestCatalog> OpenAsync(TestEngine engine, string? clamd = null)
    {
        var catalog = await engine.CreateCatalogAsync(services =>
        {
            ImportSetting.Add(services);
            services.AddSingleton(ProbeFixture.Program);
            services.AddSingleton(new IngestOptions { Clamd = clamd });
        });
        // The sandbox's user passes through to what it is shown.
        File.SetUnixFileMode(catalog.Options.DataFolder, (UnixFileMode)0b111_101_101);
        await catalog.RequireSandboxAsync();
        return catalog;
    }
}

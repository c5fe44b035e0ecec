using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Preserve.Catalog.Ingest.Bags;
using Preserve.Catalog.Ingest.Viruses;
using Preserve.Catalog.Probing;

namespace Preserve.Catalog.Ingest;

/// <summary>Registers uploads, quarantine and acceptance. An application that has <see cref="IngestOptions"/> of its own adds them first.</summary>
internal static class IngestServices
{
    public static void AddIngest(this IServiceCollection services)
    {
        services.TryAddSingleton(new IngestOptions());
        services.AddSingleton<QuarantineFolder>();
        services.AddSingleton<Uploads>();
        services.AddSingleton<UploadReceiver>();
        services.AddSingleton<QuarantineKeeping>();
        services.AddSingleton<QuarantineList>();
        services.AddSingleton<Acceptance>();
        services.AddSingleton<Rejection>();
        services.AddSingleton<Unpacking>();
        services.AddSingleton<Clamd>();
        services.AddSingleton<UploadScans>();
        services.AddSingleton<HostFiles>();
        services.AddSingleton<BatchIngest>();
        services.AddSingleton<BagProbe>();
        services.AddSingleton<ReturnedRows>();
        services.AddSingleton<BagReturn>();
        services.AddSingleton<BagPackages>();
        services.AddSingleton<BagIntake>();
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Preserve.Catalog.Access;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Carriers;
using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Database;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Examinations;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Formats;
using Preserve.Catalog.Fixity;
using Preserve.Catalog.Identifiers;
using Preserve.Catalog.Import;
using Preserve.Catalog.Probing;
using Preserve.Catalog.Regression;
using Preserve.Catalog.Ingest;
using Preserve.Catalog.Licences;
using Preserve.Catalog.Proofs;
using Preserve.Catalog.Retention;
using Preserve.Catalog.Rights;
using Preserve.Catalog.Search;
using Preserve.Catalog.SecondRoots;
using Preserve.Catalog.Sessions;
using Preserve.Catalog.Software;
using Preserve.Catalog.Storage;
using Preserve.Catalog.Suggestions;
using Preserve.Catalog.Withdrawals;

namespace Preserve.Catalog;

/// <summary>
/// The catalog's door. Not called directly by applications: <c>AddPreserveCatalogSqlite</c> and
/// <c>AddPreserveCatalogPostgreSql</c> call it and add their engine.
/// </summary>
public static class CatalogServices
{
    /// <summary>Registers everything but the database engine, its <c>ISearchText</c>, <c>ISandbox</c> and <c>IProfileDirectory</c>.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="options">Where rows and bytes are kept.</param>
    /// <param name="useEngine">Chooses the database engine for a context.</param>
    /// <exception cref="ArgumentException">The data folder is not an absolute path.</exception>
    public static IServiceCollection AddPreserveCatalog(
        this IServiceCollection services, CatalogOptions options, Action<DbContextOptionsBuilder> useEngine)
    {
        if (!Path.IsPathFullyQualified(options.DataFolder))
        {
            throw new ArgumentException($"The data folder must be an absolute path, not '{options.DataFolder}'.", nameof(options));
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddDbContextFactory<CatalogContext>(useEngine);
        services.AddSingleton<CatalogMigrator>();
        services.AddSingleton(_ => new FileContentStore(options.ContentFolder));
        services.AddSingleton<IContentStore, CatalogContentStore>();
        services.AddSingleton<ObjectStorage>();
        services.AddSingleton<ObjectVersions>();
        services.AddSingleton<ArchiveRebuild>();
        services.AddSingleton<FixityClaims>();
        services.AddSingleton<FixityChecks>();
        services.AddSingleton<FixityRepair>();
        services.AddSingleton<SecondRoot>();
        services.AddSingleton<SecondRootChecks>();
        services.AddSingleton<ProfileRegister>();
        services.AddSingleton<PosterClaims>();
        services.AddSingleton<SessionRegister>();
        services.AddSingleton<RegressionClaims>();
        services.AddSingleton<RegressionRuns>();
        services.AddSingleton<ImportTurn>();
        services.AddSingleton<WatchLinkRegister>();
        services.AddSingleton<ArchiveImporter>();
        services.AddSingleton<AccessRules>();
        services.AddSingleton<ExhibitInputs>();
        services.AddSingleton<ResearchRules>();
        services.AddSingleton<AccessGroups>();
        services.AddSingleton<ReadingRooms>();
        services.AddSingleton<LicenceDesk>();
        services.AddSingleton<Withdrawals.Withdrawals>();
        services.AddSingleton<Purges>();
        services.TryAddSingleton(new RetentionOptions());
        services.AddSingleton<PersonalData>();
        services.AddAccounts();
        services.TryAddSingleton(_ => ProbeProgram.OfThisProcess());
        services.AddSingleton<Probe>();
        services.AddSingleton<SignatureStore>();
        services.AddSingleton<Characteriser>();
        services.AddSingleton<ExaminationClaims>();
        services.AddSingleton<ObjectSuggestions>();
        services.AddSingleton<SoftwareDesk>();
        services.AddSingleton<RightsDesk>();
        services.AddSingleton<IdentifierDesk>();
        services.AddSingleton<CarrierFolder>();
        services.AddSingleton<CarrierShelf>();
        services.AddSingleton<DraftFolders>();
        services.AddSingleton<EnvironmentDrafts>();
        services.AddSingleton<EnvironmentTree>();
        services.AddSingleton<ChainOpener>();
        services.AddSingleton<EnvironmentDifferences>();
        services.AddSingleton<ProofClaims>();
        services.AddSingleton<ProofRequests>();
        services.AddSingleton<AcceptedDrives>();
        services.AddSingleton<ProofAcceptance>();
        services.AddSingleton<ExhibitDrafts>();
        services.AddSingleton<SearchIndexer>();
        services.AddSingleton<CatalogSearch>();
        services.AddIngest();
        return services;
    }
}

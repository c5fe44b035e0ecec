using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Access;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Events;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Identifiers;
using Preserve.Catalog.Ingest;
using Preserve.Catalog.Licences;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Regression;
using Preserve.Catalog.Proofs;
using Preserve.Catalog.Rights;
using Preserve.Catalog.Search;
using Preserve.Catalog.Sessions;
using Preserve.Catalog.Software;
using Preserve.Catalog.Storage;
using Preserve.Catalog.Withdrawals;

namespace Preserve.Catalog;

/// <summary>
/// The catalog's rows. Each feature configures its own tables in a <c>...Configuration</c> beside its entities.
/// Instants are UTC milliseconds, enums are stored by name, lists and maps as JSON text: both engines then hold the same.
/// </summary>
/// <remarks>Take one from <see cref="IDbContextFactory{TContext}"/>, use it for one unit of work, dispose of it.</remarks>
public sealed class CatalogContext(DbContextOptions<CatalogContext> options) : DbContext(options)
{
    public DbSet<PreservedObject> Objects => Set<PreservedObject>();

    public DbSet<Medium> Media => Set<Medium>();

    public DbSet<Representation> Representations => Set<Representation>();

    public DbSet<StoredFile> Files => Set<StoredFile>();

    public DbSet<Identification> Identifications => Set<Identification>();

    public DbSet<RightsStatement> RightsStatements => Set<RightsStatement>();

    public DbSet<ObjectIdentifier> Identifiers => Set<ObjectIdentifier>();

    public DbSet<SoftwareFormat> SoftwareFormats => Set<SoftwareFormat>();

    public DbSet<CatalogProfile> Profiles => Set<CatalogProfile>();

    public DbSet<PreservedEnvironment> Environments => Set<PreservedEnvironment>();

    public DbSet<EnvironmentDrive> Drives => Set<EnvironmentDrive>();

    public DbSet<Exhibit> Exhibits => Set<Exhibit>();

    public DbSet<ExhibitEnvironment> ExhibitEnvironments => Set<ExhibitEnvironment>();

    public DbSet<AccessGroup> AccessGroups => Set<AccessGroup>();

    public DbSet<GroupMember> GroupMembers => Set<GroupMember>();

    public DbSet<ReadingRoom> ReadingRooms => Set<ReadingRoom>();

    public DbSet<EnvironmentDraft> EnvironmentDrafts => Set<EnvironmentDraft>();

    public DbSet<ProofBoot> ProofBoots => Set<ProofBoot>();

    public DbSet<ProofScreen> ProofScreens => Set<ProofScreen>();

    public DbSet<Licence> Licences => Set<Licence>();

    public DbSet<Seat> Seats => Set<Seat>();

    public DbSet<SessionRecord> Sessions => Set<SessionRecord>();

    public DbSet<SessionMachine> SessionMachines => Set<SessionMachine>();

    public DbSet<WatchLink> WatchLinks => Set<WatchLink>();

    public DbSet<PreservationEvent> Events => Set<PreservationEvent>();

    public DbSet<PurgeRequest> PurgeRequests => Set<PurgeRequest>();

    public DbSet<ContentLocation> ContentLocations => Set<ContentLocation>();

    public DbSet<StorageCommit> StorageCommits => Set<StorageCommit>();

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    public DbSet<OneTimeLink> OneTimeLinks => Set<OneTimeLink>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<Upload> Uploads => Set<Upload>();

    public DbSet<RegressionRun> RegressionRuns => Set<RegressionRun>();

    public DbSet<RegressionJob> RegressionJobs => Set<RegressionJob>();

    public DbSet<SearchEntry> SearchEntries => Set<SearchEntry>();

    public DbSet<SearchDue> SearchDue => Set<SearchDue>();

    public DbSet<SearchState> SearchState => Set<SearchState>();

    public DbSet<SearchWord> SearchWords => Set<SearchWord>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(CatalogContext).Assembly);
}

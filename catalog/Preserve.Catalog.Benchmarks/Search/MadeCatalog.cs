using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Database;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Examinations;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Benchmarks.Search;

/// <summary>A catalog of many objects without bytes: rows as ingest would leave them, and the index that the product makes of them.</summary>
internal sealed class MadeCatalog(IServiceProvider services, int objects, int exhibits)
{
    private const int Batch = 1_000;

    // PUIDs and names as PRONOM has them.
    private static readonly (string Puid, string Name, string Extension)[] s_formats =
    [
        ("fmt/468", "ISO Disk Image File", "iso"), ("x-fmt/263", "ZIP Format", "zip"), ("fmt/40", "Microsoft Word Document", "doc"),
        ("fmt/726", "Virtual Disk Image", "vdi"), ("fmt/803", "Encase Image File/Expert Witness Compression File", "e01"), ("x-fmt/111", "Plain Text File", "txt"),
        ("fmt/11", "Portable Network Graphics", "png"), ("x-fmt/411", "Windows Portable Executable", "exe"), ("fmt/2071", "SuperCard Pro Image File", "scp"), ("fmt/2060", "WOZ Disk Image File", "woz"),
    ];

    private static readonly string[] s_platforms = ["i386", "ppc", "sparc", "arm", "aarch64"];
    private static readonly string[] s_bases = ["licence", "copyright", "donor", "statute"];

    private readonly Random _random = new(1);

    private IDbContextFactory<CatalogContext> Contexts => services.GetRequiredService<IDbContextFactory<CatalogContext>>();

    /// <summary>Makes the rows.</summary>
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        await services.GetRequiredService<CatalogMigrator>().MigrateAsync(cancellationToken);
        await using (var context = await Contexts.CreateDbContextAsync(cancellationToken))
        {
            context.AddRange(s_platforms.Select(Profile));
            await context.SaveChangesAsync(cancellationToken);
        }

        var words = new Skewed<string>(Names.Words(20_000, _random), _random);
        var creators = new Skewed<string>(Names.Creators(5_000, _random), _random);
        var formats = new Skewed<(string, string, string)>(s_formats, _random);
        var platforms = new Skewed<string>(s_platforms, _random);
        for (var from = 0; from < objects; from += Batch)
        {
            await using var context = await Contexts.CreateDbContextAsync(cancellationToken);
            context.ChangeTracker.AutoDetectChangesEnabled = false;
            for (var number = from; number < Math.Min(from + Batch, objects); number++)
            {
                context.Add(Object(number, words, creators, formats));
                if (number % Math.Max(1, objects / exhibits) == 0)
                {
                    Show(context, number, words, platforms.Next());
                }
            }

            await context.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>A curator's token.</summary>
    public async Task<string> MakeCuratorAsync(CancellationToken cancellationToken)
    {
        var (account, _) = await services.GetRequiredService<AccountAdministration>().CreateAsync(Actor.CommandLine, "bench", [Roles.Curator], "correct horse battery", cancellationToken);
        var (token, problem) = await services.GetRequiredService<ApiTokens>().IssueAsync(Actor.Of(account!, [Roles.Curator]), "bench", [Roles.Curator], TimeSpan.FromDays(1), cancellationToken);
        return token ?? throw new InvalidOperationException(problem);
    }

    private PreservedObject Object(int number, Skewed<string> words, Skewed<string> creators, Skewed<(string, string, string)> formats)
    {
        var id = Id(number);
        var one = new PreservedObject
        {
            Id = id,
            Title = string.Join(' ', words.Take(_random.Next(1, 5)).Select(Names.Capital)),
            Date = _random.Next(10) == 0 ? "" : $"{1975 + ((_random.Next(36) + _random.Next(36)) / 2)}",
            Creators = [.. creators.Take(_random.Next(0, 3)).Distinct()],
            Description = string.Join(' ', words.Take(_random.Next(10, 60))),
            CreatedAt = 1_700_000_000_000 + (number * 60_000L),
        };
        var medium = new Medium { ObjectId = id, Name = "1", Kind = _random.Next(3) == 0 ? "optical" : "floppy-1440K", Label = string.Join(' ', words.Take(2)) };
        var representation = new Representation { Format = "raw" };
        foreach (var (puid, name, extension) in formats.Take(_random.Next(1, 3)))
        {
            representation.Files.Add(new StoredFile
            {
                Order = representation.Files.Count + 1,
                Name = $"{words.Next()}{number}.{extension}",
                LengthInBytes = 1_474_560,
                Sha256 = number.ToString("x64", CultureInfo.InvariantCulture),
                ExaminationState = ExaminationState.Examined,
                Identifications = { new Identification { Tool = "bench", Method = "signature", Puid = puid, FormatName = name } },
            });
        }

        medium.Representations.Add(representation);
        one.Media.Add(medium);
        return one;
    }

    private void Show(CatalogContext context, int number, Skewed<string> words, string platform)
    {
        var id = Id(number);
        context.Add(new PreservedEnvironment
        {
            Id = id, ObjectId = id, Title = id, ProfileId = platform, ProfileVersion = 1, MemoryMiB = 16, Boot = "floppy", PosterState = PosterState.Failed,
        });
        var isPublished = _random.Next(4) > 0;
        var exhibit = new Exhibit
        {
            Slug = id, ObjectId = id, Title = string.Join(' ', words.Take(3).Select(Names.Capital)), LabelText = string.Join(' ', words.Take(60)), CreatedAt = 1,
            IsPublished = isPublished, RightsBasis = s_bases[_random.Next(s_bases.Length)], Audience = _random.Next(10) == 0 ? Audience.Researchers : Audience.Public,
        };
        exhibit.Environments.Add(new ExhibitEnvironment { EnvironmentId = id });
        context.Add(exhibit);
    }

    private static string Id(int number) => $"object-{number}";

    private static CatalogProfile Profile(string architecture) => new()
    {
        Id = architecture, Version = 1, Title = $"Machine with {architecture}", Engine = "qemu", Architecture = architecture, MachineType = "none",
        DefaultMemoryMiB = 16, MinimumMemoryMiB = 4, MaximumMemoryMiB = 512, Document = "{}",
    };
}

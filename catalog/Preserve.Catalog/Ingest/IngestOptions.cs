using Preserve.Catalog.Ingest.Viruses;

namespace Preserve.Catalog.Ingest;

/// <summary>Bounds of what is brought in: section <c>Preserve:Ingest</c>.</summary>
public sealed record IngestOptions
{
    public const string Section = "Preserve:Ingest";

    /// <summary>Longest single upload, in bytes: 1 to 16 TiB, default 256 GiB.</summary>
    public long MaximumUploadLengthInBytes { get; init; } = 256L << 30;

    /// <summary>What one account may have in quarantine, in bytes, finished or not; 0, the default, for no such bound.</summary>
    public long QuotaInBytes { get; init; }

    /// <summary>What stays free on the disk of the data folder, in bytes: 0 or more, default 1 GiB. An upload that would not leave it is refused before it begins.</summary>
    public long FreeSpaceReserveInBytes { get; init; } = 1L << 30;

    /// <summary>How long an unfinished upload is kept after its last byte: 1 minute to 365 days, default 7 days.</summary>
    public TimeSpan UnfinishedLife { get; init; } = TimeSpan.FromDays(7);

    /// <summary>What may come out of one packed upload, in bytes: 1 to 16 TiB, default 64 GiB.</summary>
    public long MaximumUnpackedLengthInBytes { get; init; } = 64L << 30;

    /// <summary>How many files may come out of one packed upload: 1 to 10000, default 1000.</summary>
    public int MaximumUnpackedFiles { get; init; } = 1000;

    /// <summary>Virus scanner: absolute path of clamd's unix socket, or <c>host:port</c>; null, the default, for none.</summary>
    public string? Clamd { get; init; }

    /// <summary>How long clamd may be silent: 1 second to 1 hour, default 5 minutes.</summary>
    public TimeSpan ClamdTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Everything that is wrong; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        const long Largest = 16L << 40;
        (string Name, long Value, long Minimum, long Maximum)[] bounds =
        [
            (nameof(MaximumUploadLengthInBytes), MaximumUploadLengthInBytes, 1, Largest),
            (nameof(QuotaInBytes), QuotaInBytes, 0, long.MaxValue),
            (nameof(FreeSpaceReserveInBytes), FreeSpaceReserveInBytes, 0, long.MaxValue),
            (nameof(MaximumUnpackedLengthInBytes), MaximumUnpackedLengthInBytes, 1, Largest),
            (nameof(MaximumUnpackedFiles), MaximumUnpackedFiles, 1, 10_000),
        ];
        foreach (var (name, value, minimum, maximum) in bounds)
        {
            if (value < minimum || value > maximum)
            {
                yield return $"{Section}:{name}: {value} is outside {minimum} to {maximum}.";
            }
        }

        if (Clamd is not null && ClamdAddress.Parse(Clamd) is null)
        {
            yield return $"{Section}:Clamd: '{Clamd}' is neither the absolute path of a unix socket, such as /run/clamav/clamd.ctl, nor host:port.";
        }

        if (ClamdTimeout < TimeSpan.FromSeconds(1) || ClamdTimeout > TimeSpan.FromHours(1))
        {
            yield return $"{Section}:ClamdTimeout: {ClamdTimeout} is outside 1 second to 1 hour.";
        }

        if (UnfinishedLife < TimeSpan.FromMinutes(1) || UnfinishedLife > TimeSpan.FromDays(365))
        {
            yield return $"{Section}:UnfinishedLife: {UnfinishedLife} is outside 1 minute to 365 days.";
        }
    }
}

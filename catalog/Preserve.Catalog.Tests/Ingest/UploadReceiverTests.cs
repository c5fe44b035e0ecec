using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Ingest;
using Preserve.Catalog.Tests.Engines;
using Preserve.Catalog.Tests.Import;

namespace Preserve.Catalog.Tests.Ingest;

public sealed class UploadReceiverTests
{
    private static readonly byte[] Bytes = RandomNumberGenerator.GetBytes(3_000_000);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task What_came_before_the_line_broke_is_kept_and_the_rest_completes_it()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync(ImportSetting.Add);
        var upload = (await catalog.Get<Uploads>().BeginAsync(null, "a.img", Bytes.Length, unpackedFromId: null, Cancellation)).Upload!;
        var receiver = catalog.Get<UploadReceiver>();

        var broken = await receiver.AppendAsync(upload, 0, new BreakingStream(Bytes, 1_234_567), checksum: null, Cancellation);
        Assert.Equal((UploadOutcome.Done, 1_234_567), (broken.Outcome, broken.Upload!.OffsetInBytes));
        await receiver.AppendAsync(upload, 1_234_567, new MemoryStream(Bytes[1_234_567..]), checksum: null, Cancellation);

        await AssertWholeAsync(catalog, upload.Id, UploadState.Quarantined);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_upload_that_another_process_goes_on_with_is_digested_from_the_file()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync(ImportSetting.Add);
        var upload = (await catalog.Get<Uploads>().BeginAsync(null, "a.img", Bytes.Length, unpackedFromId: null, Cancellation)).Upload!;
        await catalog.Get<UploadReceiver>().AppendAsync(upload, 0, new MemoryStream(Bytes[..1000]), checksum: null, Cancellation);

        var services = new ServiceCollection().AddLogging();
        new SqliteEngine().Register(services, catalog.Options);
        ImportSetting.Add(services);
        await using var other = services.BuildServiceProvider();
        await other.GetRequiredService<UploadReceiver>().AppendAsync(upload, 1000, new MemoryStream(Bytes[1000..]), checksum: null, Cancellation);

        Assert.Equal(UploadState.Checking, (await catalog.UploadAsync(upload.Id)).State);
        await catalog.Get<QuarantineKeeping>().KeepAsync(Cancellation);
        await AssertWholeAsync(catalog, upload.Id, UploadState.Quarantined);
    }

    [Fact(Timeout = 60_000)]
    public async Task Bytes_behind_what_the_row_says_do_not_count()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync(ImportSetting.Add);
        var upload = (await catalog.Get<Uploads>().BeginAsync(null, "a.img", Bytes.Length, unpackedFromId: null, Cancellation)).Upload!;
        await using (var file = catalog.Get<QuarantineFolder>().OpenForWriting(upload.Id))
        {
            await file.WriteAsync(new byte[5000], Cancellation);
        }

        await catalog.Get<UploadReceiver>().AppendAsync(upload, 0, new MemoryStream(Bytes), checksum: null, Cancellation);

        await AssertWholeAsync(catalog, upload.Id, UploadState.Quarantined);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_file_that_lost_its_end_with_the_power_goes_on_from_where_it_ends()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync(ImportSetting.Add);
        var upload = (await catalog.Get<Uploads>().BeginAsync(null, "a.img", Bytes.Length, unpackedFromId: null, Cancellation)).Upload!;
        var receiver = catalog.Get<UploadReceiver>();
        await receiver.AppendAsync(upload, 0, new MemoryStream(Bytes[..9000]), checksum: null, Cancellation);
        await using (var file = catalog.Get<QuarantineFolder>().OpenForWriting(upload.Id))
        {
            file.SetLength(4000);
        }

        var refused = await receiver.AppendAsync(upload, 9000, new MemoryStream(Bytes[9000..]), checksum: null, Cancellation);
        Assert.Equal((UploadOutcome.WrongOffset, 4000), (refused.Outcome, refused.Upload!.OffsetInBytes));
        await receiver.AppendAsync(upload, 4000, new MemoryStream(Bytes[4000..]), checksum: null, Cancellation);

        await catalog.Get<QuarantineKeeping>().KeepAsync(Cancellation);
        await AssertWholeAsync(catalog, upload.Id, UploadState.Quarantined);
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_comes_back_takes_over_from_a_request_that_hangs()
    {
        await using var catalog = await new SqliteEngine().CreateCatalogAsync(ImportSetting.Add);
        var upload = (await catalog.Get<Uploads>().BeginAsync(null, "a.img", Bytes.Length, unpackedFromId: null, Cancellation)).Upload!;
        var receiver = catalog.Get<UploadReceiver>();
        var hanging = new HangingStream(Bytes[..2_000_000]);
        var first = receiver.AppendAsync(upload, 0, hanging, checksum: null, Cancellation);
        await hanging.Hangs.WaitAsync(Cancellation);

        var second = await receiver.AppendAsync(upload, 0, new MemoryStream(Bytes), checksum: null, Cancellation);

        Assert.Equal((UploadOutcome.WrongOffset, 2_000_000), (second.Outcome, second.Upload!.OffsetInBytes));
        Assert.Equal(2_000_000, (await first).Upload!.OffsetInBytes);
    }

    private static async Task AssertWholeAsync(TestCatalog catalog, Guid id, UploadState state)
    {
        var row = await catalog.UploadAsync(id);
        Assert.Equal((state, Convert.ToHexStringLower(SHA256.HashData(Bytes)), Convert.ToHexStringLower(SHA512.HashData(Bytes))), (row.State, row.Sha256, row.Sha512));
        await using var file = catalog.Get<QuarantineFolder>().OpenForReading(id);
        Assert.Equal(SHA256.HashData(Bytes), await SHA256.HashDataAsync(file, Cancellation));
    }

    /// <summary>Gives some bytes and then breaks, as a line does.</summary>
    private sealed class BreakingStream(byte[] bytes, int length) : MemoryStream(bytes, 0, length)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var count ? count : throw new IOException("The client reset the request stream.");
    }

    /// <summary>Gives some bytes and then nothing, for ever.</summary>
    private sealed class HangingStream(byte[] bytes) : MemoryStream(bytes)
    {
        private readonly TaskCompletionSource _hangs = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Hangs => _hangs.Task;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await base.ReadAsync(buffer, cancellationToken);
            if (count == 0)
            {
                _hangs.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return count;
        }
    }
}

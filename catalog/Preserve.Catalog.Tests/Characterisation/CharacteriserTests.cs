using System.Buffers.Binary;
using System.Text;
using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Formats;
using Preserve.Catalog.Probing;
using Preserve.Catalog.Tests.Formats;
using Preserve.Catalog.Tests.Probing;

namespace Preserve.Catalog.Tests.Characterisation;

public sealed class CharacteriserTests : IClassFixture<ProbeFixture>
{
    private readonly ProbeFixture _fixture;
    private readonly Characteriser _characteriser;
    private readonly string _folder;
    private readonly MediaTools _tools;

    public CharacteriserTests(ProbeFixture fixture)
    {
        _fixture = fixture;
        _characteriser = new Characteriser(
            fixture.Sandbox, fixture.Probe, new SignatureStore(new CatalogOptions { DataFolder = fixture.Folder }, fixture.Probe));
        _folder = Directory.CreateDirectory(Path.Combine(fixture.Folder, $"{Guid.NewGuid():N}")).FullName;
        _tools = new MediaTools(_folder);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_floppy_tells_geometry_label_and_files()
    {
        await _tools.RunAsync("""
            mformat -C -f 1440 -v MYFLOPPY -i disk ::
            printf 'hello' > a
            mcopy -i disk a '::näme of a file.txt'
            mmd -i disk ::folder
            mcopy -i disk a ::folder/b.txt
            """);
        var (medium, volumes) = await ListAsync();
        Assert.Equal(new DiskGeometry(512, 2880, 18, 2, 0xF0), medium.Facts.BootSector?.Geometry);
        Assert.Empty(medium.Partitions);
        var (volume, files) = Assert.Single(volumes);
        Assert.Equal(("FAT12", "MYFLOPPY"), (volume.FileSystem, volume.Label));
        Assert.Equal("", files.Problem);
        Assert.Equal(["folder", "folder/b.txt", "näme of a file.txt"], files.Entries.Select(entry => entry.Path).Order(StringComparer.Ordinal));

        using var copy = new MemoryStream();
        var file = files.Entries.Single(entry => entry.Path == "folder/b.txt");
        Assert.Equal("", await _characteriser.CopyAsync(Disk, new FileToCopy(volume.OffsetInBytes, file.Address, 5), copy, 100, Cancellation));
        Assert.Equal("hello", Encoding.ASCII.GetString(copy.ToArray()));
    }

    [Fact]
    public async Task Of_a_floppy_one_file_of_each_extension_is_identified_for_all()
    {
        Assert.SkipWhen(Pronom.Folder is null, "There is no shared/pronom beside the checkout; PRESERVE_SHARED can name its parent.");
        await _tools.RunAsync("""
            mformat -C -f 1440 -i disk ::
            printf 'GIF89a\001\000\001\000\000\000\000;' > picture.gif
            printf 'hello' > hello.txt
            mmd -i disk ::pics
            mcopy -i disk picture.gif ::pics/ONE.GIF
            mcopy -i disk picture.gif ::TWO.GIF
            mcopy -i disk hello.txt ::
            """);
        var signatures = new SignatureStore(new CatalogOptions { DataFolder = _folder }, _fixture.Probe);
        await signatures.AddAsync(Pronom.SignatureFile, Cancellation);

        var medium = await new Characteriser(_fixture.Sandbox, _fixture.Probe, signatures).LookAsync(Disk, isBackground: false, Cancellation);

        Assert.Contains(medium.Contents, one => one is { Puid: "fmt/4", Count: 2, Method: FormatMethod.Signature } && one.Example.EndsWith(".GIF", StringComparison.Ordinal));
        Assert.Contains(medium.Contents, one => one is { Puid: "x-fmt/111", Count: 1, Method: FormatMethod.Extension, Example: "hello.txt" });
    }

    [Theory]
    [InlineData("qcow2", DiskContainerKind.Qcow2)]
    [InlineData("vmdk", DiskContainerKind.Vmdk)]
    [InlineData("vpc", DiskContainerKind.Vhd)]
    [InlineData("vdi", DiskContainerKind.Vdi)]
    public async Task A_disk_in_a_container_is_looked_at_as_itself(string driver, DiskContainerKind kind)
    {
        await _tools.RunAsync($"""
            truncate -s 16M raw
            mkfs.fat -F 16 -n INSIDE raw
            qemu-img convert -f raw -O {driver} raw disk
            """);
        var medium = await LookAsync();
        Assert.Equal(kind, medium.Container?.Kind);
        Assert.Equal("", medium.Container?.Problem);
        Assert.Equal(("FAT16", "INSIDE"), Told(Assert.Single(medium.Volumes)));
    }

    [Fact]
    public async Task An_E01_is_looked_at_as_the_disk_inside()
    {
        await _tools.RunAsync("""
            truncate -s 4M evidence.raw
            mkfs.fat -F 12 -n EVIDENCE evidence.raw
            ewfacquire -u -q -S 1073741824 -t disk evidence.raw
            mv disk.E01 disk
            """);
        var medium = await LookAsync();
        Assert.Equal(new DiskContainer(DiskContainerKind.ExpertWitness, 4 << 20, ""), medium.Container);
        Assert.Equal("EVIDENCE", Assert.Single(medium.Volumes).Label);
    }

    [Theory]
    [InlineData("mkfs.ext4 -q -L LINUX -F disk 4096", "Ext4", "LINUX")]
    [InlineData("mkfs.ext4 -q -t ext2 -L OLD -F disk 4096", "Ext2", "OLD")]
    [InlineData("truncate -s 10M disk\nmkntfs -q -F -L WINDOWS disk", "NTFS", "WINDOWS")]
    [InlineData("truncate -s 64M disk\nmkfs.fat -F 32 -n BIG disk", "FAT32", "BIG")]
    public async Task File_systems_are_told_with_their_labels(string script, string fileSystem, string label)
    {
        await _tools.RunAsync(script);
        Assert.Equal((fileSystem, label), Told(Assert.Single((await LookAsync()).Volumes)));
    }

    [Fact]
    public async Task A_disc_tells_its_volume_and_what_boots_from_it()
    {
        await _tools.RunAsync("""
            mkdir tree
            mformat -C -f 1440 -i tree/boot.img ::
            genisoimage -quiet -J -R -V TITLE -b boot.img -o disk tree
            """);
        var (medium, volumes) = await ListAsync();
        Assert.True(medium.Facts.Disc is { IsIso9660: true, HasJoliet: true, IsUdf: false, VolumeId: "TITLE" });
        Assert.Equal((0, true, 2), medium.Facts.Disc.BootEntries is [var entry] ? (entry.Platform, entry.IsBootable, entry.Emulation) : default);
        Assert.Contains("boot.img", Assert.Single(volumes).Files.Entries.Select(file => file.Path));
        Assert.Equal("fmt/468", Assert.Single(medium.Identification.Matches).Puid);
    }

    [Fact]
    public async Task A_hybrid_disc_tells_each_of_its_file_systems()
    {
        await _tools.RunAsync("""
            mkdir tree
            touch tree/file
            genisoimage -quiet -hfs -udf -J -R -V HYBRID -o disk tree
            """);
        var medium = await LookAsync();
        Assert.Equal(["HFS", "ISO9660", "UDF"], medium.Volumes.Select(volume => volume.FileSystem).Order(StringComparer.Ordinal));
        Assert.All(medium.Volumes, volume => Assert.Equal("HYBRID", volume.Label));
    }

    [Fact]
    public async Task A_classic_Macintosh_volume_is_listed_with_names_in_its_own_character_set()
    {
        await _tools.RunAsync("""
            truncate -s 819200 disk
            hformat -l 'Mac Volume' disk
            printf 'hello' > a
            hmount disk
            hmkdir ':A Folder'
            hcopy a ':A Folder:inner'
            humount
            """);
        var (medium, volumes) = await ListAsync();
        Assert.Equal(MacintoshFileSystem.Hfs, medium.Facts.Macintosh?.FileSystem);
        var (volume, files) = Assert.Single(volumes);
        Assert.Equal(("HFS", "Mac Volume"), Told(volume));
        Assert.Equal([("A Folder", true, 0L), ("A Folder/inner", false, 5L)], files.Entries.Select(file => (file.Path, file.IsFolder, file.LengthInBytes)));
        Assert.Equal("ä™", HfsUtils.Read("f  TEXT/UNIX         0         3 Nov 24 08:41 \\212\\252")[0].Path);
    }

    [Fact]
    public async Task Partitions_are_told_with_the_file_systems_in_them()
    {
        await _tools.RunAsync("""
            truncate -s 32M disk
            mkfs.fat -F 16 -n FIRST --offset 2048 disk 16384
            """);
        var disk = await File.ReadAllBytesAsync(Disk.HostPath, Cancellation);
        (disk[446], disk[450], disk[510], disk[511]) = (0x80, 0x06, 0x55, 0xAA);
        BinaryPrimitives.WriteUInt32LittleEndian(disk.AsSpan(454), 2048);
        BinaryPrimitives.WriteUInt32LittleEndian(disk.AsSpan(458), 32768);
        await File.WriteAllBytesAsync(Disk.HostPath, disk, Cancellation);
        var medium = await LookAsync();
        Assert.Equal([new PcPartition(6, true, 2048, 32768)], medium.Facts.PcPartitions);
        Assert.Equal((2048 * 512L, 32768 * 512L), medium.Partitions is [var partition] ? (partition.OffsetInBytes, partition.LengthInBytes) : default);
        Assert.Equal(("FAT16", "FIRST"), Told(Assert.Single(medium.Volumes)));
    }

    [Fact]
    public async Task A_folder_that_holds_itself_is_contained()
    {
        await _tools.RunAsync("""
            mformat -C -f 1440 -i disk ::
            mmd -i disk ::loop
            """);
        var disk = await File.ReadAllBytesAsync(Disk.HostPath, Cancellation);
        const int RootFolder = 19 * 512;
        var loop = 33 * 512;
        disk.AsSpan(RootFolder, 32).CopyTo(disk.AsSpan(loop + 64));
        BinaryPrimitives.WriteUInt16LittleEndian(disk.AsSpan(loop + 64 + 26), 2);
        await File.WriteAllBytesAsync(Disk.HostPath, disk, Cancellation);
        var (_, volumes) = await ListAsync();
        Assert.InRange(Assert.Single(volumes).Files.Entries.Count, 1, 1000);
    }

    [Fact]
    public async Task A_file_whose_chain_of_clusters_is_a_circle_is_copied_within_bounds()
    {
        await _tools.RunAsync("""
            mformat -C -f 1440 -i disk ::
            truncate -s 3000 a
            mcopy -i disk a ::a
            """);
        var disk = await File.ReadAllBytesAsync(Disk.HostPath, Cancellation);
        (disk[512 + 3], disk[512 + 4]) = (0x02, 0x20); // Clusters 2 and 3 both go on at 2.
        BinaryPrimitives.WriteUInt32LittleEndian(disk.AsSpan((19 * 512) + 28), 1_400_000);
        await File.WriteAllBytesAsync(Disk.HostPath, disk, Cancellation);
        var (_, volumes) = await ListAsync();
        var (volume, files) = Assert.Single(volumes);
        using var copy = new MemoryStream();
        var file = files.Entries.Single(entry => entry.Path == "a");
        var problem = await _characteriser.CopyAsync(Disk, new FileToCopy(volume.OffsetInBytes, file.Address, file.LengthInBytes), copy, 2_000_000, Cancellation);
        Assert.InRange(copy.Length, 0, 1_400_000);
        Assert.Contains("damaged", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Absurd_partition_tables_and_sparse_disks_of_ten_gigabytes_are_contained()
    {
        await _tools.RunAsync("truncate -s 10G disk");
        var sector = new byte[512];
        for (var index = 0; index < 4; index++)
        {
            sector[446 + (index * 16) + 4] = 0x05;
            BinaryPrimitives.WriteUInt32LittleEndian(sector.AsSpan(446 + (index * 16) + 8), 1);
            BinaryPrimitives.WriteUInt32LittleEndian(sector.AsSpan(446 + (index * 16) + 12), uint.MaxValue);
        }

        (sector[510], sector[511]) = (0x55, 0xAA);
        await using (var file = File.OpenWrite(Disk.HostPath))
        {
            await file.WriteAsync(sector, Cancellation);
            await file.WriteAsync(sector, Cancellation);
        }

        var medium = await LookAsync();
        Assert.InRange(medium.Partitions.Count, 0, MediumFacts.MostEntries);
        Assert.Empty(medium.Volumes);
    }

    [Fact]
    public async Task A_container_that_names_a_file_of_the_host_is_not_opened()
    {
        await _tools.RunAsync("qemu-img create -f qcow2 -u -b /etc/passwd -F raw disk 1M");
        var medium = await LookAsync();
        Assert.Contains("/etc/passwd", medium.Container?.Problem, StringComparison.Ordinal);
        Assert.Empty(medium.Volumes);
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused_in_words()
    {
        await File.WriteAllBytesAsync(Disk.HostPath, new byte[512], Cancellation);
        Assert.Contains("no address", await _characteriser.CopyAsync(Disk, new FileToCopy(0, "-f/etc", null), Stream.Null, 1, Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\u0007b\u202Ec", "a\uFFFDb\uFFFDc")]
    [InlineData("<script>", "<script>")]
    [InlineData("日本語", "日本語")]
    public void Names_do_no_harm_where_they_are_shown(string name, string safe) => Assert.Equal(safe, Names.Safe(name));

    private ProbeFile Disk => new(Path.Combine(_folder, "disk"), "disk.img");

    private static (string FileSystem, string Label) Told(VolumeFound volume) => (volume.FileSystem, volume.Label);

    private Task<MediumCharacterisation> LookAsync() => _characteriser.LookAsync(Disk, false, Cancellation);

    private Task<(MediumCharacterisation Characterisation, IReadOnlyList<(VolumeFound Volume, FileListing Files)> Volumes)> ListAsync() =>
        _characteriser.ListAsync(Disk, Cancellation);
}

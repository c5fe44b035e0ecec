using System.Text;
using Preserve.Emulation.Profiles;

namespace Preserve.Emulation.Tests.Profiles;

public sealed class ProfileStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("preserve-profiles-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_shipped_profile_is_sound_and_has_a_versioned_machine_type()
    {
        var store = ProfileStore.Load(ProfileStore.ShippedFolder, null);

        Assert.Superset(
            new HashSet<string> { "pc-1981", "pc-486", "pc-pentium", "pc-2000", "pc-classic", "mac-g3-beige", "sparcstation-5", "raspberry-pi-3" },
            store.Profiles.Select(profile => profile.Id).ToHashSet());
        Assert.All(store.Profiles.Where(profile => profile.Architecture == "i386"), profile => Assert.Matches(@"^pc-i440fx-\d+\.\d+$", profile.MachineType));
        Assert.All(store.Profiles, profile => Assert.NotNull(profile.Processor));
    }

    [Theory, InlineData("i386", "pc", "pc-classic"), InlineData("aarch64", "raspi3b", "raspberry-pi-3"), InlineData("ppc", "g3beige", "mac-g3-beige"),
        InlineData("sparc", "SS-5", "sparcstation-5"), InlineData("i386", "pc-486", "pc-486")]
    public void A_manifest_machine_finds_its_profile(string architecture, string machine, string expected) =>
        Assert.Equal(expected, ProfileStore.Load(ProfileStore.ShippedFolder, null).ForManifest(architecture, machine)?.Id);

    [Fact]
    public void A_machine_of_another_architecture_is_not_found() =>
        Assert.Null(ProfileStore.Load(ProfileStore.ShippedFolder, null).ForManifest("sparc", "pc"));

    [Fact]
    public void All_errors_of_all_files_are_reported_at_once()
    {
        File.WriteAllText(Path.Combine(_folder, "broken.json"), "{");
        File.WriteAllText(Path.Combine(_folder, "odd.json"), Shipped("pc-486").Replace("\"version\": 2", "\"version\": 0", StringComparison.Ordinal)
            .Replace("\"default\": 16", "\"default\": 1600", StringComparison.Ordinal));

        var error = Assert.Throws<ProfileException>(() => ProfileStore.Load(ProfileStore.ShippedFolder, _folder));

        Assert.Contains(error.Errors, line => line.StartsWith("broken.json:", StringComparison.Ordinal));
        Assert.Contains(error.Errors, line => line.StartsWith("odd.json: version", StringComparison.Ordinal));
        Assert.Contains(error.Errors, line => line.StartsWith("odd.json: memoryMiB.default 1600", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sites_own_profile_stands_beside_the_shipped_ones()
    {
        File.WriteAllText(Path.Combine(_folder, "our-pc.json"), Shipped("pc-486").Replace("\"id\": \"pc-486\"", "\"id\": \"our-pc\"", StringComparison.Ordinal));

        Assert.True(ProfileStore.Load(ProfileStore.ShippedFolder, _folder).TryFind("our-pc", out _));
    }

    [Fact]
    public void A_sites_profile_cannot_replace_a_shipped_one()
    {
        File.WriteAllText(Path.Combine(_folder, "pc-486.json"), Shipped("pc-486"));

        var error = Assert.Throws<ProfileException>(() => ProfileStore.Load(ProfileStore.ShippedFolder, _folder));
        Assert.Contains("ships with the product", Assert.Single(error.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"engine\": \"qemu\"", "\"engine\": \"qemu\", \"speed\": 3", "speed")]
    [InlineData("\"pointer\": \"relative\"", "\"pointer\": \"sideways\"", "pointer")]
    [InlineData("\"isa-vga\"", "\"isa-vga -hda /etc/passwd\"", "isa-vga -hda")]
    [InlineData("\"title\": \"Drive A:\"", "\"title\": null", "title")]
    [InlineData("\"id\": \"floppy1\"", "\"id\": \"floppy0\"", "floppy0 is listed more than once")]
    [InlineData("\"cp437\"", "\"cp9999\"", "cp9999")]
    public void A_broken_value_is_named(string good, string bad, string named)
    {
        var errors = new List<string>();
        var profile = ProfileReader.Read("x.json", Encoding.UTF8.GetBytes(Shipped("pc-1981").Replace(good, bad, StringComparison.Ordinal)), errors);

        Assert.Null(profile);
        Assert.Contains(errors, error => error.Contains(named, StringComparison.Ordinal));
    }

    private static string Shipped(string id) => File.ReadAllText(Path.Combine(ProfileStore.ShippedFolder, $"{id}.json"));
}

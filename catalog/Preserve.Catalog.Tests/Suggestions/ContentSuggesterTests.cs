using Preserve.Catalog.Carriers;
using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Software;
using Preserve.Catalog.Suggestions;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Suggestions;

public sealed class ContentSuggesterTests
{
    private const string Word = "fmt/40";
    private const string Text = "x-fmt/111";

    private static readonly MediumToRun s_letters = new("letters.img", "floppy-1440K", 1_474_560, new MediumFacts())
    {
        Formats = [new ContentFormat(Word, "Word document", "LETTER.DOC"), new ContentFormat(Text, "Plain text", "READ.ME")], FileSystems = ["FAT12"],
    };

    [Fact]
    public void Software_that_opens_the_formats_speaks_for_its_environment_with_the_content_in_a_free_drive()
    {
        var one = Assert.Single(Suggest([s_letters], Environment("win", taken: ["disk0"], software: [("Word 6", Word, FormatUse.Opens)])));

        Assert.Equal(("win", "pc-486", "floppy"), (one.EnvironmentId, one.ProfileId, one.Boot));
        Assert.Equal(("floppy0", "letters.img"), (Assert.Single(one.Drives).Key, one.Drives["floppy0"]));
        Assert.Equal("Word 6 opens Word document (fmt/40): LETTER.DOC.", one.Reasons[0]);
        Assert.Contains("letters.img goes into floppy0, which is free.", one.Reasons);
        Assert.Contains(one.Reasons, reason => reason.Contains("FAT12", StringComparison.Ordinal) && reason.Contains("not known", StringComparison.Ordinal));
    }

    [Fact]
    public void Who_opens_more_of_the_formats_comes_first_opening_before_importing_and_a_known_file_system_counts()
    {
        var suggested = Suggest(
            [s_letters],
            Environment("a-imports", software: [("Converter", Word, FormatUse.Imports)]),
            Environment("b-opens", software: [("Word", Word, FormatUse.Opens)]),
            Environment("c-opens-known", software: [("Word", Word, FormatUse.Opens)], fileSystems: ["FAT16"]),
            Environment("d-opens-all", software: [("Suite", Word, FormatUse.Opens), ("Suite", Text, FormatUse.Opens)]));

        Assert.Equal(["d-opens-all", "c-opens-known", "b-opens", "a-imports"], suggested.Select(one => one.EnvironmentId));
    }

    [Fact]
    public void A_taken_drive_no_drive_and_nothing_that_speaks_for_it_are_no_suggestion()
    {
        var disc = s_letters with { Name = "cd.iso", Kind = "optical" };

        Assert.Empty(Suggest([s_letters], Environment("full", taken: ["floppy0"], software: [("Word", Word, FormatUse.Opens)])));
        Assert.Empty(Suggest([disc with { Kind = "tape" }], Environment("no-tape", software: [("Word", Word, FormatUse.Opens)])));
        Assert.Empty(Suggest([s_letters], Environment("silent")));
        Assert.Empty(Suggest([s_letters], Environment("exports", software: [("Printer", Word, FormatUse.Exports)])));
        Assert.Equal("optical0", Assert.Single(Assert.Single(Suggest([disc], Environment("one", software: [("Word", Word, FormatUse.Opens)]))).Drives).Key);
    }

    [Fact]
    public void A_file_system_that_the_guest_knows_is_reason_enough_unless_the_medium_boots_by_itself()
    {
        var dos = Environment("dos", taken: ["disk0"], fileSystems: ["FAT16"]);

        var one = Assert.Single(ContentSuggester.Suggest([s_letters], [dos], needsFormat: false));
        Assert.Contains("FAT12 as well", one.Reasons[0], StringComparison.Ordinal);
        Assert.Contains("No software in it is said to open these formats.", one.Reasons);
        Assert.Empty(ContentSuggester.Suggest([s_letters], [dos], needsFormat: true));
    }

    [Fact]
    public void Loose_files_go_on_a_floppy_where_they_fit_else_on_a_disc_else_nowhere()
    {
        var letter = Loose(("letter.doc", 20_000));
        var film = Loose(("film.avi", 20_000_000));
        var both = Environment("both", software: [("Word", Word, FormatUse.Opens)]);
        var floppyOnly = Environment("floppy-only", taken: ["optical0"], software: [("Word", Word, FormatUse.Opens)]);

        Assert.Equal("loose-files.img", Assert.Single(Suggest([letter], both)).Drives["floppy0"]);
        Assert.Equal("loose-files.iso", Assert.Single(Suggest([film], both)).Drives["optical0"]);
        Assert.Contains("letter.doc can be put on a floppy disk for floppy0, which is free.", Suggest([letter], both)[0].Reasons);
        Assert.Empty(Suggest([film], floppyOnly));
    }

    [Fact]
    public void A_file_of_which_nobody_has_said_what_it_is_is_loose_unless_it_says_that_it_is_a_disk()
    {
        var identified = new Catalog.Formats.FileIdentification([new Catalog.Formats.FormatMatch { Puid = Text, Name = "Plain text", Method = Catalog.Formats.FormatMethod.Extension }], "", "");
        var text = MediumToRun.Of("read.me", 1024, new MediumCharacterisation { Identification = identified, Facts = new MediumFacts() });
        var disk = MediumToRun.Of("disk", 1_474_560, new MediumCharacterisation { Identification = identified, Facts = new MediumFacts { BootSector = new BootSector() } });

        Assert.Equal(("read.me", Text), (Assert.Single(text.LooseFiles).Name, Assert.Single(text.Formats).Puid));
        Assert.Empty(disk.LooseFiles);
        Assert.Equal(("files", "floppy"), (text.ContentKind, disk.ContentKind));
    }

    private static MediumToRun Loose(params (string Name, long Length)[] files) => new("letters", "files", files[0].Length, new MediumFacts())
    {
        Formats = [new ContentFormat(Word, "Word document", files[0].Name)],
        LooseFiles = [.. files.Select(file => new CarrierFile(file.Name, Samples.Digest, file.Length))],
    };

    private static IReadOnlyList<Suggestion> Suggest(IReadOnlyList<MediumToRun> media, params EnvironmentToUse[] environments) =>
        ContentSuggester.Suggest(media, environments, needsFormat: false);

    private static EnvironmentToUse Environment(
        string id, string[]? taken = null, (string Title, string Puid, FormatUse Use)[]? software = null, string[]? fileSystems = null) =>
        new(Samples.Environment(id, "os"), Samples.Profile(), new HashSet<string>(taken ?? []),
            [.. (software ?? []).Select(one => new InstalledSoftware(one.Title, one.Puid, one.Use))], fileSystems ?? []);
}

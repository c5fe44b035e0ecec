using Preserve.Catalog.Carriers;
using Preserve.Catalog.Tests.Engines;

namespace Preserve.Catalog.Tests.Carriers;

public sealed class CarrierPlanTests
{
    [Theory]
    [InlineData("letter.doc", "letter.doc")]
    [InlineData("-rf", "rf")]
    [InlineData("../../etc/passwd", "____._etc_pas")]
    [InlineData("my letter (1).doc", "my_letter__1_.doc")]
    [InlineData("Grüße.txt", "Gr__e.txt")]
    [InlineData(".profile", "_profile")]
    [InlineData("", "file")]
    [InlineData("a::b\n.sh", "a__b_.sh")]
    public void Names_are_letters_digits_and_one_dot(string name, string safe) => Assert.Equal(safe, Of(CarrierPlan.Floppy, (name, 1))!.Files[0].Name);

    [Fact]
    public void Names_that_become_the_same_are_told_apart_in_any_case_of_letters() =>
        Assert.Equal(["A.TXT", "a-2.txt", "a-3.txt"], Of(CarrierPlan.Disc, ("A.TXT", 1), ("a.txt", 1), ("a.txt", 1))!.Files.Select(file => file.Name));

    [Fact]
    public void What_has_no_room_is_no_plan()
    {
        Assert.NotNull(Of(CarrierPlan.Floppy, ("a", 1_400_000)));
        Assert.Null(Of(CarrierPlan.Floppy, ("a", 1_470_000)));
        Assert.Null(Of(CarrierPlan.Floppy, [.. Enumerable.Range(0, 41).Select(number => ($"{number}", 1L))]));
        Assert.NotNull(Of(CarrierPlan.Disc, ("a", 1_470_000)));
        Assert.Null(Of(CarrierPlan.Disc, ("a", 5L << 30)));
        Assert.Null(Of(CarrierPlan.Disc));
    }

    [Fact]
    public void The_key_follows_kind_names_and_bytes()
    {
        var keys = new[]
        {
            Of(CarrierPlan.Floppy, ("a", 1))!, Of(CarrierPlan.Disc, ("a", 1))!, Of(CarrierPlan.Floppy, ("b", 1))!, Of(CarrierPlan.Floppy, ("a", 1), ("b", 1))!,
            CarrierPlan.Of(CarrierPlan.Floppy, [new CarrierFile("a", new string('b', 64), 1)])!,
        }.Select(plan => plan.Key).ToList();

        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.Equal(keys[0], Of(CarrierPlan.Floppy, ("a", 1))!.Key);
    }

    private static CarrierPlan? Of(string kind, params (string Name, long Length)[] files) =>
        CarrierPlan.Of(kind, [.. files.Select(file => new CarrierFile(file.Name, Samples.Digest, file.Length))]);
}

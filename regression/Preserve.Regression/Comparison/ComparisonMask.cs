using Preserve.Regression.Settling;

namespace Preserve.Regression.Comparison;

/// <summary>Which pixels of an accepted screen are compared: all bits set where one is, none where it is not.</summary>
internal sealed class ComparisonMask
{
    private readonly uint[]? _plane;
    private readonly int _width;

    private ComparisonMask(uint[]? plane, int width) => (_plane, _width) = (plane, width);

    /// <summary>True when every pixel is compared, which spares reading the mask.</summary>
    public bool IsWhole => _plane is null;

    public static ComparisonMask For(Picture picture, IReadOnlyList<ScreenArea> areas)
    {
        if (areas.Count == 0)
        {
            return new ComparisonMask(null, picture.Width);
        }

        var hasMatch = areas.Any(area => area.Kind == AreaKind.Match);
        var plane = new uint[picture.Width * picture.Height];
        if (!hasMatch)
        {
            Array.Fill(plane, uint.MaxValue);
        }

        foreach (var area in areas.OrderBy(area => area.Kind == AreaKind.Exclude))
        {
            var visible = area.Area.ClipTo(picture.Width, picture.Height);
            for (var y = visible.Y; y < visible.Bottom; y++)
            {
                plane.AsSpan((y * picture.Width) + visible.X, visible.Width).Fill(area.Kind == AreaKind.Exclude ? 0 : uint.MaxValue);
            }
        }

        return new ComparisonMask(plane, picture.Width);
    }

    /// <summary>Part of a row; empty when <see cref="IsWhole"/>.</summary>
    public ReadOnlySpan<uint> Row(int x, int y, int length) => _plane is null ? [] : _plane.AsSpan((y * _width) + x, length);

    public bool Compares(int x, int y) => _plane is null || _plane[(y * _width) + x] != 0;
}

namespace Preserve.Web.Staff;

/// <summary>Where the interactive pages are, which have another layout, other scripts and another style policy than visitors' pages.</summary>
public static class StaffPaths
{
    public static bool Contain(PathString path) => path.StartsWithSegments("/curate") || path.StartsWithSegments("/admin");
}

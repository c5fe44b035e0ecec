using Preserve.Catalog.Premis;

namespace Preserve.Catalog.Descriptions;

/// <summary>The files of an object's version that describe it.</summary>
internal static class DescriptionFiles
{
    public static IEnumerable<(string Path, byte[] Content)> Write(ObjectDescription description)
    {
        yield return (ObjectDescription.FileName, description.ToJson());
        yield return ("premis.xml", PremisRecord.Write(description));
        yield return ("dc.xml", DublinCore.Write(description));
    }
}

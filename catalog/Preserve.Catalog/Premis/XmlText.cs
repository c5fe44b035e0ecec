using System.Text;
using System.Xml;

namespace Preserve.Catalog.Premis;

/// <summary>Text of the catalog for XML 1.0, which cannot hold every character: those become U+FFFD.</summary>
public static class XmlText
{
    /// <summary>The text with every character that XML cannot hold replaced.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? Rune.ReplacementChar : rune);
        }

        return clean.ToString();
    }
}

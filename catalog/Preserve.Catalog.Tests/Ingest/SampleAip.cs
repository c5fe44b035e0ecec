using System.Security.Cryptography;
using System.Text;

namespace Preserve.Catalog.Tests.Ingest;

/// <summary>Bags that tests write: plain ones, and one laid out as Archivematica lays out an AIP, with a METS file of its form.</summary>
internal static class SampleAip
{
    public const string Uuid = "5f5b1a2c-7d0e-4f3a-9f7e-2b1c3d4e5f60";

    public static string Mets { get; } = $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <mets:metsHdr CREATEDATE="2021-03-04T05:06:07"/>
          <mets:dmdSec ID="dmdSec_1"><mets:mdWrap MDTYPE="DC"><mets:xmlData>
            <dcterms:dublincore xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">
              <dc:title>Tape of the computing club</dc:title><dc:creator>Ada Løve</dc:creator><dc:date>1986</dc:date><dc:description>Two &lt;b&gt;disks&lt;/b&gt;.</dc:description>
            </dcterms:dublincore></mets:xmlData></mets:mdWrap></mets:dmdSec>
          <mets:amdSec ID="amdSec_1">
            <mets:techMD ID="techMD_1"><mets:mdWrap MDTYPE="PREMIS:OBJECT"><mets:xmlData>
              <premis:object xmlns:premis="http://www.loc.gov/premis/v3" xsi:type="premis:file" version="3.0">
                <premis:objectIdentifier><premis:objectIdentifierType>UUID</premis:objectIdentifierType><premis:objectIdentifierValue>11111111-1111-4111-8111-111111111111</premis:objectIdentifierValue></premis:objectIdentifier>
                <premis:objectCharacteristics>
                  <premis:fixity><premis:messageDigestAlgorithm>sha256</premis:messageDigestAlgorithm><premis:messageDigest>{Digest("sectors")}</premis:messageDigest></premis:fixity>
                  <premis:format><premis:formatDesignation><premis:formatName>Raw disk image</premis:formatName><premis:formatVersion>1</premis:formatVersion></premis:formatDesignation>
                    <premis:formatRegistry><premis:formatRegistryName>PRONOM</premis:formatRegistryName><premis:formatRegistryKey>fmt/1087</premis:formatRegistryKey></premis:formatRegistry></premis:format>
                </premis:objectCharacteristics>
                <premis:originalName>%transferDirectory%objects/Käse &amp; Brot.img</premis:originalName>
              </premis:object></mets:xmlData></mets:mdWrap></mets:techMD>
            <mets:digiprovMD ID="digiprovMD_1"><mets:mdWrap MDTYPE="PREMIS:EVENT"><mets:xmlData>
              <premis:event xmlns:premis="http://www.loc.gov/premis/v3">
                <premis:eventIdentifier><premis:eventIdentifierType>UUID</premis:eventIdentifierType><premis:eventIdentifierValue>22222222-2222-4222-8222-222222222222</premis:eventIdentifierValue></premis:eventIdentifier>
                <premis:eventType>virus check</premis:eventType><premis:eventDateTime>2021-03-04T05:06:07.123+00:00</premis:eventDateTime>
                <premis:eventDetailInformation><premis:eventDetail>program="ClamAV (clamd)"</premis:eventDetail></premis:eventDetailInformation>
                <premis:eventOutcomeInformation><premis:eventOutcome>Pass</premis:eventOutcome></premis:eventOutcomeInformation>
                <premis:linkingAgentIdentifier><premis:linkingAgentIdentifierType>preservation system</premis:linkingAgentIdentifierType><premis:linkingAgentIdentifierValue>Archivematica-1.13</premis:linkingAgentIdentifierValue></premis:linkingAgentIdentifier>
              </premis:event></mets:xmlData></mets:mdWrap></mets:digiprovMD>
            <mets:digiprovMD ID="digiprovMD_2"><mets:mdWrap MDTYPE="PREMIS:AGENT"><mets:xmlData>
              <premis:agent xmlns:premis="http://www.loc.gov/premis/v3">
                <premis:agentIdentifier><premis:agentIdentifierType>preservation system</premis:agentIdentifierType><premis:agentIdentifierValue>Archivematica-1.13</premis:agentIdentifierValue></premis:agentIdentifier>
                <premis:agentName>Archivematica</premis:agentName><premis:agentType>software</premis:agentType>
              </premis:agent></mets:xmlData></mets:mdWrap></mets:digiprovMD>
          </mets:amdSec>
          <mets:fileSec><mets:fileGrp USE="original">
            <mets:file ID="file-11111111-1111-4111-8111-111111111111" ADMID="amdSec_1"><mets:FLocat xlink:href="objects/Kaese_Brot.img" LOCTYPE="OTHER" OTHERLOCTYPE="SYSTEM"/></mets:file>
          </mets:fileGrp></mets:fileSec>
        </mets:mets>
        """;

    public static (string Path, string Text)[] Aip =>
    [
        ("data/objects/Kaese_Brot.img", "sectors"),
        ("data/objects/submissionDocumentation/letter.txt", "Dear archive"),
        ("data/logs/transfer.log", "log"),
        ($"data/METS.{Uuid}.xml", Mets),
        ("bag-info.txt", "Source-Organization: The club\nContact-Name: Somebody Private\nExternal-Identifier: Club 1986/1\n"),
    ];

    public static (string Path, string Text)[] Plain =>
    [
        ("data/one.img", "first"), ("data/b/one.img", "second"), ("data/notes/read me.txt", "notes"), ("data/notes/more.txt", "more"),
        ("bag-info.txt", "External-Description: Disks of a museum,\n in a box\nSource-Organization: A museum\n"), ("extra/tag.txt", "kept"),
    ];

    /// <summary>Adds declaration and manifests, and writes all below a folder.</summary>
    public static void Write(string folder, IEnumerable<(string Path, string Text)> files)
    {
        foreach (var (path, text) in Complete(files))
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }

    public static IEnumerable<(string Path, string Text)> Complete(IEnumerable<(string Path, string Text)> files)
    {
        var all = files.ToList();
        var payload = all.Where(file => file.Path.StartsWith("data/", StringComparison.Ordinal));
        return
        [
            ("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"), .. all,
            ("manifest-sha256.txt", string.Concat(payload.Select(file => $"{Digest(file.Text)}  {file.Path}\n"))),
        ];
    }

    public static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

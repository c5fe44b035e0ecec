using System.Globalization;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Rights;

namespace Preserve.Catalog.Premis;

/// <summary>An object's rights as PREMIS 3.0 has them (section 4): one statement for each basis, and one for what was only said in words.</summary>
internal sealed class PremisRights(PremisXml premis, ObjectDescription one)
{
    /// <summary>Identifiers of the statements, in the order in which they are written.</summary>
    public static IEnumerable<string> IdentifiersOf(ObjectDescription one)
    {
        if (one.Rights.Length > 0)
        {
            yield return $"rights/{one.Id}";
        }

        for (var number = 1; number <= one.RightsStatements.Count; number++)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"rights/{one.Id}/{number}");
        }
    }

    public void Write(string scheme, string objectId)
    {
        var identifiers = new Queue<string>(IdentifiersOf(one));
        if (identifiers.Count == 0)
        {
            return;
        }

        premis.Element("rights", () =>
        {
            if (one.Rights.Length > 0)
            {
                Statement(scheme, identifiers.Dequeue(), objectId, ("license", PremisTerms.Licence), () => premis.Element("licenseInformation", () => premis.Text("licenseTerms", one.Rights)));
            }

            foreach (var statement in one.RightsStatements)
            {
                Statement(scheme, identifiers.Dequeue(), objectId, PremisTerms.Basis(statement.Basis), () => Information(statement));
            }
        });
    }

    private void Statement(string scheme, string identifier, string objectId, (string Term, string Uri) basis, Action information) => premis.Element("rightsStatement", () =>
    {
        premis.Identifier("rightsStatementIdentifier", scheme, identifier);
        premis.Term("rightsBasis", basis.Term, basis.Uri);
        information();
        premis.Element("rightsGranted", () => premis.Text("act", "disseminate"));
        premis.Identifier("linkingObjectIdentifier", scheme, objectId);
    });

    private void Information(RightsToState statement)
    {
        switch (statement.Basis)
        {
            case RightsBasis.Copyright:
                premis.Element("copyrightInformation", () =>
                {
                    var (term, uri) = PremisTerms.Copyright(statement.CopyrightStatus ?? CopyrightStatus.Unknown);
                    premis.Term("copyrightStatus", term, uri);
                    premis.Text("copyrightJurisdiction", statement.Jurisdiction);
                    premis.Text("copyrightNote", statement.Terms);
                    Documentation("copyright", statement.Uri);
                });
                break;
            case RightsBasis.Licence:
                premis.Element("licenseInformation", () =>
                {
                    Documentation("license", statement.Uri);
                    premis.Text("licenseTerms", statement.Terms.Length > 0 ? statement.Terms : RightsVocabulary.Find(statement.Uri)?.Label);
                });
                break;
            case RightsBasis.Statute:
                premis.Element("statuteInformation", () =>
                {
                    premis.Text("statuteJurisdiction", statement.Jurisdiction);
                    premis.Text("statuteCitation", statement.Citation);
                    premis.Text("statuteNote", statement.Terms);
                    Documentation("statute", statement.Uri);
                });
                break;
            default:
                premis.Element("otherRightsInformation", () =>
                {
                    Documentation("otherRights", statement.Uri);
                    premis.Text("otherRightsBasis", statement.Basis.ToString().ToLowerInvariant());
                    premis.Text("otherRightsNote", statement.Terms);
                });
                break;
        }
    }

    private void Documentation(string of, string? uri)
    {
        if (uri is not null)
        {
            premis.Identifier($"{of}DocumentationIdentifier", "URI", uri);
        }
    }
}

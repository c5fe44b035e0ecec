using System.CommandLine;
using System.Text.Json;
using Preserve.Catalog.Ocfl;
using Preserve.Catalog.Ocfl.Validation;

namespace Preserve.Web.CommandLine;

/// <summary><c>ocfl validate</c>: every error and warning of the specification in an object or a storage root. Touches nothing.</summary>
public static class OcflVerb
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Root of an object, or with --root of a storage root." };
        var isRoot = new Option<bool>("--root") { Description = "DIR is a storage root: validate it and every object in it." };
        var json = new Option<bool>("--json") { Description = "Answer in JSON." };
        var validate = new Command("validate", "Report every error and warning of OCFL 1.0 and 1.1.") { folder, isRoot, json };
        validate.SetAction((parsed, cancellationToken) => ValidateAsync(
            Path.GetFullPath(parsed.GetRequiredValue(folder)), parsed.GetValue(isRoot), parsed.GetValue(json), cancellationToken));
        return new Command("ocfl", "Work with Oxford Common File Layout storage.") { validate };
    }

    private static async Task<int> ValidateAsync(string folder, bool isRoot, bool asJson, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            await Console.Error.WriteLineAsync($"There is no folder {folder}.");
            return ExitCode.Usage;
        }

        var answer = isRoot ? await ValidateRootAsync(folder, cancellationToken) : await ValidateObjectAsync(folder, cancellationToken);
        await Console.Out.WriteAsync(asJson ? answer.ToJson() : answer.ToText());
        return answer.Findings.HasErrors ? ExitCode.Refused : ExitCode.Done;
    }

    private static async Task<Answer> ValidateObjectAsync(string folder, CancellationToken cancellationToken)
    {
        var report = await OcflObjectValidator.ValidateAsync(folder, cancellationToken);
        return new Answer(folder, "object", report.Release, report.Id, 1, report.Findings);
    }

    private static async Task<Answer> ValidateRootAsync(string folder, CancellationToken cancellationToken)
    {
        var report = await OcflRootValidator.ValidateAsync(folder, null, cancellationToken);
        return new Answer(folder, "storage root", report.Release, null, report.Objects, report.Findings);
    }

    private sealed record Answer(string Folder, string Kind, OcflRelease? Release, string? Id, int Objects, OcflFindings Findings)
    {
        private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

        public string ToText()
        {
            var lines = Findings.Kept.Select(finding => $"{finding.Code} {Plain(finding.Path)}: {Plain(finding.Text)}").ToList();
            if (Findings.LeftOut > 0)
            {
                lines.Add($"... and {Findings.LeftOut} more.");
            }

            var errors = Findings.Kept.Count(finding => finding.IsError);
            lines.Add($"{Plain(Folder)}: {(Findings.HasErrors ? "invalid" : "valid")} {Kind}"
                + $"{(Release is { } release ? $", OCFL {release.Number()}" : "")}, {Objects} {(Objects == 1 ? "object" : "objects")}, {errors} errors, {Findings.Kept.Count - errors} warnings");
            return string.Concat(lines.Select(line => line + "\n"));
        }

        public string ToJson() => JsonSerializer.Serialize(
            new
            {
                Folder,
                Kind,
                IsValid = !Findings.HasErrors,
                Release = Release?.Number(),
                Id,
                Objects,
                Findings = Findings.Kept.Select(finding => new { finding.Code, finding.Path, finding.Text }),
                Findings.LeftOut,
            },
            s_json) + "\n";

        // Names of files and texts of inventories come from anywhere: no control character reaches a terminal.
        private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));
    }
}

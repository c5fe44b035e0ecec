using System.CommandLine;
using System.Text.Json;
using Preserve.Catalog.Bags;

namespace Preserve.Web.CommandLine;

/// <summary><c>bag validate</c>: whether a bag is complete and valid by the rules of its version. Touches nothing and fetches nothing.</summary>
public static class BagVerb
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "The bag." };
        var json = new Option<bool>("--json") { Description = "Answer in JSON." };
        var validate = new Command("validate", "Check a bag of version 0.93 to 1.0.") { folder, json };
        validate.SetAction((parsed, cancellationToken) => ValidateAsync(Path.GetFullPath(parsed.GetRequiredValue(folder)), parsed.GetValue(json), cancellationToken));
        return new Command("bag", "Work with BagIt bags.") { validate };
    }

    private static async Task<int> ValidateAsync(string folder, bool asJson, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            await Console.Error.WriteLineAsync($"There is no folder {folder}.");
            return ExitCode.Usage;
        }

        var report = await BagValidator.ValidateAsync(folder, cancellationToken);
        if (asJson)
        {
            var answer = new { Folder = folder, report.IsValid, Version = report.Version?.ToString(), report.PayloadFiles, report.PayloadLengthInBytes, report.Findings };
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(answer, s_json));
        }
        else
        {
            foreach (var finding in report.Findings)
            {
                await Console.Out.WriteLineAsync(Plain($"{(finding.IsError ? "error" : "warning")}: {finding.Path} {finding.Text}"));
            }

            await Console.Out.WriteLineAsync(Plain($"{folder}: {(report.IsValid ? "valid" : "invalid")} bag{(report.Version is { } version ? $", BagIt {version}" : "")}, {report.PayloadFiles} payload files"));
        }

        return report.IsValid ? ExitCode.Done : ExitCode.Refused;
    }

    // Names come from anywhere: no control character reaches a terminal.
    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));
}

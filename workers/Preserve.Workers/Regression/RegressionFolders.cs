using System.Text.RegularExpressions;
using Preserve.Catalog;
using Preserve.Catalog.Regression;

namespace Preserve.Workers.Regression;

/// <summary>Where pictures and scripts of results lie: <c>regression/runs/RUN/JOB-TOKEN/ENVIRONMENT</c> in the data folder, a folder for each claim, so that a lost one disturbs nobody.</summary>
public sealed partial class RegressionFolders(CatalogOptions options)
{
    private readonly string _root = Path.Combine(options.DataFolder, "regression", "runs");

    public string Of(RegressionClaim claim) => Folder(claim.RunId, claim.JobId, claim.Token);

    /// <summary>A file of a result; null when there is none by that name.</summary>
    /// <param name="job">The result's row.</param>
    /// <param name="name">Such as <c>actual.png</c>.</param>
    public string? Find(RegressionJob job, string name)
    {
        if (!NamePattern().IsMatch(name))
        {
            return null;
        }

        var path = Path.Combine(Folder(job.RunId, job.Id, job.Token), job.EnvironmentId, name);
        return File.Exists(path) ? path : null;
    }

    private string Folder(long run, long job, long token) => Path.Combine(_root, $"{run}", $"{job}-{token}");

    [GeneratedRegex(@"^(expected|actual|difference|film-[0-9]{1,3})\.png\z|^reproduce\.sh\z")]
    private static partial Regex NamePattern();
}

using Microsoft.Extensions.Logging;
using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Examinations;
using Preserve.Catalog.Probing;
using Preserve.Catalog.Storage;
using Preserve.Sandbox;

namespace Preserve.Workers.Examinations;

/// <summary>Takes the stored files that are due and examines them, at the lowest priority. Used by the service, and by a verb where no service runs.</summary>
internal sealed class Examiner(ExaminationClaims claims, Characteriser characteriser, IContentStore content, ILogger<Examiner> logger)
{
    /// <summary>Examines one. False when none is due.</summary>
    /// <param name="worker">Who does it.</param>
    /// <param name="cancellationToken">Puts the file back.</param>
    public async Task<bool> ExamineNextAsync(string worker, CancellationToken cancellationToken)
    {
        if (await claims.ClaimAsync(worker, cancellationToken) is not { } file)
        {
            return false;
        }

        try
        {
            var found = await characteriser.LookAsync(new ProbeFile(content.PathForMount(file.Sha256), file.Name), isBackground: true, cancellationToken);
            await claims.ExaminedAsync(file, worker, found, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await claims.PutBackAsync(file, worker, CancellationToken.None);
            throw;
        }
        catch (Exception e) when (e is SandboxException or SignatureFileRefusedException or IOException)
        {
            logger.LogWarning("{File} was not examined: {Problem}", file.Name, e.Message);
            await claims.FailedAsync(file, worker, e.Message, CancellationToken.None);
        }
        catch (Exception e)
        {
            logger.LogError(e, "The examination of {File} failed", file.Name);
            await claims.FailedAsync(file, worker, $"The service failed while it examined this file: {e.Message}", CancellationToken.None);
        }

        return true;
    }
}

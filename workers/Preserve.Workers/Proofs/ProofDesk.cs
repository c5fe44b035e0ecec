using Microsoft.Extensions.Logging;
using Preserve.Catalog.Proofs;

namespace Preserve.Workers.Proofs;

/// <summary>Takes the proof boots that are due and boots them. Used by the service in the background, and by a verb where no service runs.</summary>
internal sealed class ProofDesk(ProofMaker maker, ProofClaims claims, ILogger<ProofDesk> logger)
{
    /// <summary>Boots one. False when none is due.</summary>
    /// <param name="worker">Who does it.</param>
    /// <param name="cancellationToken">Puts the boot back.</param>
    public async Task<bool> BootNextAsync(string worker, CancellationToken cancellationToken)
    {
        if (await claims.ClaimAsync(worker, cancellationToken) is not { } id)
        {
            return false;
        }

        try
        {
            var outcome = await maker.BootAsync(id, cancellationToken);
            if (outcome.Booted is { } booted)
            {
                await claims.BootedAsync(id, worker, booted, cancellationToken);
            }
            else
            {
                logger.LogInformation("Proof boot {Proof} came to nothing: {Problem}", id, outcome.Problem);
                await claims.FailedAsync(id, worker, outcome.Problem!, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            await claims.PutBackAsync(id, worker, CancellationToken.None);
            throw;
        }
        catch (Exception e)
        {
            logger.LogError(e, "Proof boot {Proof} failed", id);
            await claims.FailedAsync(id, worker, $"The service failed while it booted this machine: {e.Message}", CancellationToken.None);
        }

        return true;
    }
}

using Preserve.Catalog.Examinations;
using Preserve.Catalog.Proofs;
using Preserve.Workers.Examinations;
using Preserve.Workers.Proofs;

namespace Preserve.Workers.Background;

/// <summary>A worker's background work done now, by a verb that holds the data folder.</summary>
public sealed class BackgroundWork
{
    /// <summary>What claims say of whoever does it. One verb at a time holds the data folder, so what is left under this name is a dead one's.</summary>
    internal const string Worker = "verb";

    private readonly Examiner _examiner;
    private readonly ProofDesk _proofs;
    private readonly ExaminationClaims _examinations;
    private readonly ProofClaims _claims;

    internal BackgroundWork(Examiner examiner, ProofDesk proofs, ExaminationClaims examinations, ProofClaims claims) =>
        (_examiner, _proofs, _examinations, _claims) = (examiner, proofs, examinations, claims);

    /// <summary>Examines every stored file that is due.</summary>
    public async Task ExamineAsync(CancellationToken cancellationToken)
    {
        await _examinations.ReleaseOfWorkerAsync(Worker, cancellationToken);
        while (await _examiner.ExamineNextAsync(Worker, cancellationToken))
        {
        }
    }

    /// <summary>Boots every proof that is due.</summary>
    public async Task BootProofsAsync(CancellationToken cancellationToken)
    {
        await _claims.ReleaseOfWorkerAsync(Worker, cancellationToken);
        while (await _proofs.BootNextAsync(Worker, cancellationToken))
        {
        }
    }
}

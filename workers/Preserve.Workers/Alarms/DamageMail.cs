using System.Globalization;
using System.Text;
using Hangfire;
using Preserve.Catalog.Fixity;
using Preserve.Catalog.Storage;
using Preserve.Workers.Mail;

namespace Preserve.Workers.Alarms;

/// <summary>
/// Tells people by mail that stored bytes are damaged, as <see cref="FixityAlarm"/> tells a program: what the catalog says when it is told. A job of its
/// own, so that one way that is shut has nothing told twice by the other.
/// </summary>
public sealed class DamageMail(MailSender mail, FixityRepair damage)
{
    private const int MostFiles = 100;
    private const int LongestLine = 400;

    /// <summary>Sends the mail; does nothing where no mail server is named or nothing is damaged. Failing, the job is tried again, ever later, for about a day.</summary>
    /// <exception cref="MailException">It was not taken.</exception>
    [AutomaticRetry(Attempts = 12)]
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        if (mail.IsConfigured && await damage.FindDamagedAsync(null, cancellationToken) is { Count: > 0 } damaged)
        {
            var files = damaged.Count == 1 ? "1 stored file is damaged" : string.Create(CultureInfo.InvariantCulture, $"{damaged.Count} stored files are damaged");
            await mail.SendAsync($"Preserve: {files}", Text(files, damaged), cancellationToken);
        }
    }

    private static string Text(string files, IReadOnlyList<ContentLocation> damaged)
    {
        var text = new StringBuilder($"{files}. What needs them is out of use until they are repaired from the second storage root:\non the page /admin/storage, or with 'preserve fixity --repair'.\n\n");
        foreach (var one in damaged.Take(MostFiles))
        {
            text.Append(Line($"{one.ObjectId}: {one.Path}")).Append("\n  ").Append(Line(one.Problem)).Append('\n');
        }

        if (damaged.Count > MostFiles)
        {
            text.Append(CultureInfo.InvariantCulture, $"and {damaged.Count - MostFiles} more.\n");
        }

        return text.Append("\nThis is told when damage is found, and every day while it lasts.\n").ToString();
    }

    // A path from outside may hold line ends.
    private static string Line(string text)
    {
        var line = new string([.. text.Select(one => char.IsControl(one) ? ' ' : one)]);
        return line.Length <= LongestLine ? line : $"{line[..LongestLine]}…";
    }
}

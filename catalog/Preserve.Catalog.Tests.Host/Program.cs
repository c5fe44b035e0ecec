using System.Globalization;
using Preserve.Catalog.Ocfl.Storage;
using Preserve.Catalog.Probing;

// The product's hidden verb without the product.
if (args is [ProbeProgram.Verb])
{
    return ProbeChild.Run(Console.OpenStandardInput(), Console.OpenStandardOutput());
}

// A writer that tests can kill: ROOT ACCEPTED SEED
// Writes random versions of a few objects for ever. Before it accepts a transaction it makes the file ACCEPTED/(id), and after each
// it prints the versions that are in storage now, such as "urn:example:2 v5".
if (args is not [var root, var accepted, var seed])
{
    return 2;
}

var storage = new OcflStorage(root, (id, _) => Task.FromResult(File.Exists(Path.Combine(accepted, id))), TimeProvider.System);
var random = new Random(int.Parse(seed, CultureInfo.InvariantCulture));
while (true)
{
    await using var transaction = await storage.BeginAsync(CancellationToken.None);
    var objects = Enumerable.Range(0, 4).OrderBy(_ => random.Next()).Take(random.Next(1, 4)).Select(number => $"urn:example:{number}").ToList();
    foreach (var id in objects)
    {
        transaction.Add(await DraftAsync(transaction, id, random));
    }

    await transaction.PrepareAsync(CancellationToken.None);
    await File.WriteAllTextAsync(Path.Combine(accepted, transaction.Id), "");
    transaction.Accept();
    foreach (var id in objects)
    {
        await Console.Out.WriteLineAsync($"{id} {storage.FindInventory(id)!.Head}");
    }
}

static async Task<OcflDraft> DraftAsync(OcflTransaction transaction, string id, Random random)
{
    var draft = new OcflDraft
    {
        ObjectId = id,
        CreatedAt = DateTimeOffset.UnixEpoch.AddSeconds(random.Next()),
        Message = "random",
        UserName = "A test",
        UserAddress = "mailto:test@example.org",
    };
    for (var file = 0; file < random.Next(1, 4); file++)
    {
        // Few contents and few names: the same bytes come back under other names and in later versions.
        var content = new byte[random.Next(0, 3) * 50_000];
        Array.Fill(content, (byte)random.Next(0, 4));
        draft.Put($"media/{random.Next(0, 3)}/file-{random.Next(0, 3)}", await transaction.StageAsync(content, CancellationToken.None));
    }

    return draft;
}

using System.IO.Compression;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Audit;
using Preserve.Web.Hosting;
using Preserve.Web.Tests.CommandLine;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.Faults;

/// <summary>A data folder and the real service on it, which is killed and started again; and what a curator's program does with it.</summary>
internal sealed class KilledHouse : IAsyncDisposable
{
    private static readonly string[] s_off = ["MAKESPOSTERS", "EXAMINESMEDIA", "BOOTSPROOFS", "REHEARSESSTREAM", "WATCHESATNIGHT", "PREPARESSNAPSHOTS"];

    private readonly TemporaryFolder _data = new();
    private ServiceProvider? _catalog;
    private PreserveProcess? _service;
    private string _token = "";

    public string Folder => _data.Path;

    public HttpClient Client { get; private set; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<KilledHouse> BuildAsync()
    {
        var house = new KilledHouse();
        await File.WriteAllTextAsync(Path.Combine(house.Folder, "starter-archive.seen"), "Not for this test.", Cancellation);
        house._catalog = await CatalogHost.OpenAsync(house.Folder, Cancellation);
        var (account, _) = await house._catalog.GetRequiredService<AccountAdministration>().CreateAsync(Actor.CommandLine, "curator", [Roles.Curator], Person.Password, Cancellation);
        var (token, problem) = await house._catalog.GetRequiredService<ApiTokens>().IssueAsync(Actor.Of(account!, [Roles.Curator]), "faults", [Roles.Curator], TimeSpan.FromDays(1), Cancellation);
        Assert.True(token is not null, problem);
        house._token = token;
        await house.StartAsync();
        return house;
    }

    public async Task StartAsync()
    {
        _service = PreserveProcess.Start(
            s_off.ToDictionary(name => $"PRESERVE__WORKER__{name}", _ => "false"), "run", "--urls", "http://127.0.0.1:0", "--data", Folder);
        Client.Dispose();
        Client = new HttpClient { BaseAddress = await _service.AddressAsync(), Timeout = TimeSpan.FromSeconds(30) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        Client.DefaultRequestHeaders.Add("Tus-Resumable", "1.0.0");
    }

    /// <summary>SIGKILL, to it and to all that it started.</summary>
    public async Task KillAsync()
    {
        await _service!.DisposeAsync();
        _service = null;
    }

    public async Task<T> QueryAsync<T>(Func<CatalogContext, Task<T>> query)
    {
        await using var context = await _catalog!.GetRequiredService<IDbContextFactory<CatalogContext>>().CreateDbContextAsync(Cancellation);
        return await query(context);
    }

    public T Get<T>() where T : notnull => _catalog!.GetRequiredService<T>();

    public async Task<Uri> BeginUploadAsync(string name, long length)
    {
        using var create = new HttpRequestMessage(HttpMethod.Post, "/api/uploads");
        create.Headers.Add("Upload-Length", $"{length}");
        create.Headers.Add("Upload-Metadata", $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(name))}");
        using var created = await Client.SendAsync(create, Cancellation);
        created.EnsureSuccessStatusCode();
        var location = created.Headers.Location!;
        return new Uri(location.IsAbsoluteUri ? location.AbsolutePath : location.ToString(), UriKind.Relative);
    }

    /// <summary>How much of an upload the service says it has.</summary>
    public async Task<int> OffsetAsync(Uri upload)
    {
        using var head = new HttpRequestMessage(HttpMethod.Head, upload);
        using var answer = await Client.SendAsync(head, Cancellation);
        answer.EnsureSuccessStatusCode();
        return int.Parse(answer.Headers.GetValues("Upload-Offset").Single(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Sends the rest in pieces; tells each offset that was acknowledged.</summary>
    public async Task SendAsync(Uri upload, byte[] bytes, int from, int piece, Action<int> acknowledged)
    {
        for (var at = from; at < bytes.Length;)
        {
            var length = Math.Min(piece, bytes.Length - at);
            using var patch = new HttpRequestMessage(HttpMethod.Patch, upload) { Content = new ByteArrayContent(bytes, at, length) };
            patch.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
            patch.Headers.Add("Upload-Offset", $"{at}");
            using var answer = await Client.SendAsync(patch, Cancellation);
            answer.EnsureSuccessStatusCode();
            at += length;
            acknowledged(at);
        }
    }

    /// <summary>A packed bag with some payload.</summary>
    public static byte[] Bag(string id, int lengthInBytes, Random random)
    {
        var payload = new byte[lengthInBytes];
        random.NextBytes(payload);
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Add(string path, byte[] content)
            {
                using var entry = zip.CreateEntry($"{id}/{path}", CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }

            Add("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"u8.ToArray());
            Add("data/disk.img", payload);
            Add("manifest-sha256.txt", Encoding.UTF8.GetBytes($"{Convert.ToHexStringLower(SHA256.HashData(payload))}  data/disk.img\n"));
        }

        return bytes.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        if (_catalog is not null)
        {
            await _catalog.DisposeAsync();
        }

        _data.Dispose();
    }
}

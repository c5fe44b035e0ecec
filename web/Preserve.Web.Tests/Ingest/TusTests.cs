using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Ingest;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.Ingest;

/// <summary>The upload protocol over a real connection, rule by rule (docs/ingest.md).</summary>
public sealed class TusTests
{
    private static readonly byte[] Bytes = RandomNumberGenerator.GetBytes(300_000);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_file_in_one_piece_lies_in_quarantine_with_four_digests()
    {
        await using var museum = await Museum.OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        var upload = await CreateAsync(curator, "disks/one.img", Bytes.Length);

        using var patched = await PatchAsync(curator, upload, 0, Bytes);

        Assert.Equal((HttpStatusCode.NoContent, "300000"), (patched.StatusCode, Header(patched, "Upload-Offset")));
        var row = await RowAsync(museum, upload);
        Assert.Equal(("disks/one.img", UploadState.Quarantined), (row.RelativePath, row.State));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Bytes)), row.Sha256);
        Assert.Equal(Convert.ToHexStringLower(SHA512.HashData(Bytes)), row.Sha512);
#pragma warning disable CA5350, CA5351 // Digests of old manifests.
        Assert.Equal(Convert.ToHexStringLower(SHA1.HashData(Bytes)), row.Sha1);
        Assert.Equal(Convert.ToHexStringLower(MD5.HashData(Bytes)), row.Md5);
#pragma warning restore CA5350, CA5351
    }

    [Fact(Timeout = 60_000)]
    public async Task Pieces_add_up_and_HEAD_says_how_far_it_is()
    {
        await using var museum = await Museum.OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        var upload = await CreateAsync(curator, "one.img", Bytes.Length);
        (await PatchAsync(curator, upload, 0, Bytes[..100_000])).Dispose();

        using var head = await SendAsync(curator, HttpMethod.Head, upload);
        Assert.Equal(("100000", "300000", "no-store"), (Header(head, "Upload-Offset"), Header(head, "Upload-Length"), head.Headers.CacheControl!.ToString()));
        Assert.NotEqual("", Header(head, "Upload-Expires"));
        using var rest = await PatchAsync(curator, upload, 100_000, Bytes[100_000..]);

        Assert.Equal("300000", Header(rest, "Upload-Offset"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Bytes)), (await RowAsync(museum, upload)).Sha256);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_first_bytes_may_come_with_the_creation()
    {
        await using var museum = await Museum.OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);

        using var created = await SendAsync(curator, HttpMethod.Post, "/api/uploads", Bytes[..10],
            ("Upload-Length", "10"), ("Upload-Metadata", Metadata("one.img")));

        Assert.Equal((HttpStatusCode.Created, "10"), (created.StatusCode, Header(created, "Upload-Offset")));
        Assert.Equal(UploadState.Quarantined, (await RowAsync(museum, created.Headers.Location!.ToString())).State);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_empty_file_is_a_file()
    {
        await using var museum = await Museum.OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);

        var upload = await CreateAsync(curator, "empty", 0);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([])), (await RowAsync(museum, upload)).Sha256);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_piece_that_begins_elsewhere_is_a_conflict_and_says_where_it_should()
    {
        await using var museum = await Museum.OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        var upload = await CreateAsync(curator, "one.img", Bytes.Length);

        using var answer = await PatchAsync(curator, upload, 5, Bytes[..10]);

        Assert.Equal((HttpStatusCode.Conflict, "0"), (answer.StatusCode, Header(answer, "Upload-Offset")));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("sha1")]
    [InlineData("sha256")]
    [InlineData("sha512")]
    [InlineData("md5")]
    public async Task A_piece_with_a_wrong_checksum_leaves_nothing_and_the_right_one_is_kept(string algorithm)
    {
        await using var museum = await Museum.OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        var upload = await CreateAsync(curator, "one.img", Bytes.Length);
        var right = Convert.ToBase64String(CryptographicOperations.HashData(new HashAlgorithmName(algorithm.ToUpperInvariant()), Bytes));
        var wrong = Convert.ToBase64String(CryptographicOperations.HashData(new HashAlgorithmName(algorithm.ToUpperInvariant()), Bytes.AsSpan(1)));

        using var mismatch = await PatchAsync(curator, upload, 0, Bytes, ("Upload-Checksum", $"{algorithm} {wrong}"));
        Assert.Equal((460, "0"), ((int)mismatch.StatusCode, Header(mismatch, "Upload-Offset")));
        using var match = await PatchAsync(curator, upload, 0, Bytes, ("Upload-Checksum", $"{algorithm} {right}"));

        Assert.Equal(HttpStatusCode.NoContent, match.StatusCode);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Bytes)), (await RowAsync(museum, upload)).Sha256);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_terminated_upload_is_unknown_and_its_bytes_are_gone()
    {
        await using var museum = await Museum.OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        var upload = await CreateAsync(curator, "one.img", Bytes.Length);
        (await PatchAsync(curator, upload, 0, Bytes[..10])).Dispose();

        using var deleted = await SendAsync(curator, HttpMethod.Delete, upload);
        using var head = await SendAsync(curator, HttpMethod.Head, upload);
        using var patched = await PatchAsync(curator, upload, 10, Bytes[10..]);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (deleted.StatusCode, head.StatusCode, patched.StatusCode));
        Assert.Empty(museum.Services.GetRequiredService<QuarantineFolder>().List());
    }

    [Fact(Timeout = 60_000)]
    public async Task An_upload_that_was_not_finished_in_time_is_gone()
    {
        await using var museum = await Museum.OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        var upload = await CreateAsync(curator, "one.img", Bytes.Length);
        await museum.ChangeCatalogAsync(catalog => catalog.Uploads.Single().ChangedAt = 0);
        await museum.Services.GetRequiredService<QuarantineKeeping>().KeepAsync(Cancellation);

        using var head = await SendAsync(curator, HttpMethod.Head, upload);
        using var patched = await PatchAsync(curator, upload, 0, Bytes);

        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.Gone), (head.StatusCode, patched.StatusCode));
    }

    [Fact(Timeout = 60_000)]
    public async Task Another_curators_upload_does_not_exist()
    {
        await using var museum = await Museum.OpenAsync();
        using var owner = await Person.WithRolesAsync(museum, Roles.Curator);
        using var other = await Person.WithRolesAsync(museum, Roles.Curator);
        var upload = await CreateAsync(owner, "one.img", Bytes.Length);

        using var head = await SendAsync(other, HttpMethod.Head, upload);
        using var patched = await PatchAsync(other, upload, 0, Bytes);
        using var deleted = await SendAsync(other, HttpMethod.Delete, upload);

        Assert.All([head, patched, deleted], answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("a\\..\\b")]
    [InlineData("line\nbreak")]
    [InlineData("nul\0")]
    public async Task A_name_that_is_no_path_inside_a_folder_is_refused(string path)
    {
        await using var museum = await Museum.OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);

        using var answer = await SendAsync(curator, HttpMethod.Post, "/api/uploads", null, ("Upload-Length", "1"), ("Upload-Metadata", Metadata(path)));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(museum.Services.GetRequiredService<QuarantineFolder>().List());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("Upload-Length", "", "Upload-Metadata", "filename YQ==")]
    [InlineData("Upload-Length", "-1", "Upload-Metadata", "filename YQ==")]
    [InlineData("Upload-Defer-Length", "1", "Upload-Metadata", "filename YQ==")]
    [InlineData("Upload-Length", "1", "Upload-Metadata", "filename !!")]
    [InlineData("Upload-Length", "1", "Upload-Metadata", "filename /w==")]
    [InlineData("Upload-Length", "1", "Upload-Metadata", "filename YQ==,filename Yg==")]
    public async Task A_malformed_creation_is_refused(string first, string firstValue, string second, string secondValue)
    {
        await using var museum = await Museum.OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);

        using var answer = await SendAsync(curator, HttpMethod.Post, "/api/uploads", null, (first, firstValue), (second, secondValue));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_full_disk_and_a_full_share_are_told_before_a_byte_is_sent()
    {
        await using (var museum = await Museum.OpenAsync(("Preserve:Ingest:FreeSpaceReserveInBytes", long.MaxValue.ToString(CultureInfo.InvariantCulture))))
        {
            using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
            using var answer = await SendAsync(curator, HttpMethod.Post, "/api/uploads", null, ("Upload-Length", "10"), ("Upload-Metadata", Metadata("a")));
            Assert.Equal(HttpStatusCode.InsufficientStorage, answer.StatusCode);
            Assert.Contains("There is room for 0 bytes more", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }

        await using (var museum = await Museum.OpenAsync(("Preserve:Ingest:QuotaInBytes", "15")))
        {
            using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
            await CreateAsync(curator, "a", 10);
            using var answer = await SendAsync(curator, HttpMethod.Post, "/api/uploads", null, ("Upload-Length", "10"), ("Upload-Metadata", Metadata("b")));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task More_than_was_announced_is_refused()
    {
        await using var museum = await Museum.OpenAsync(("Preserve:Ingest:MaximumUploadLengthInBytes", "1000"));
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        using var tooLong = await SendAsync(curator, HttpMethod.Post, "/api/uploads", null, ("Upload-Length", "1001"), ("Upload-Metadata", Metadata("a")));
        var upload = await CreateAsync(curator, "b", 10);
        using var answer = await PatchAsync(curator, upload, 0, Bytes[..11]);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge), (tooLong.StatusCode, answer.StatusCode));
        Assert.Equal(0, (await RowAsync(museum, upload)).OffsetInBytes);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_protocol_says_what_it_is_and_takes_no_other_version_or_content()
    {
        await using var museum = await Museum.OpenAsync();
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/uploads");
        using var options = await museum.Client.SendAsync(request, Cancellation);
        Assert.Equal(("1.0.0", "creation,creation-with-upload,checksum,termination,expiration", "sha1,sha256,sha512,md5"),
            (Header(options, "Tus-Version"), Header(options, "Tus-Extension"), Header(options, "Tus-Checksum-Algorithm")));

        using var old = await SendAsync(curator, HttpMethod.Post, "/api/uploads", null, ("Tus-Resumable", "0.2.2"), ("Upload-Length", "1"));
        Assert.Equal((HttpStatusCode.PreconditionFailed, "1.0.0"), (old.StatusCode, Header(old, "Tus-Version")));
        var upload = await CreateAsync(curator, "a", 1);
        using var text = new HttpRequestMessage(HttpMethod.Patch, upload) { Content = new StringContent("a") };
        text.Headers.Add("Tus-Resumable", "1.0.0");
        text.Headers.Add("Upload-Offset", "0");
        using var wrong = await curator.Client.SendAsync(text, Cancellation);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, wrong.StatusCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task Visitors_researchers_and_session_keys_upload_nothing_and_an_API_token_does()
    {
        await using var museum = await Museum.OpenAsync();
        using var visitor = new Person(museum);
        using var researcher = await Person.WithRolesAsync(museum, Roles.Researcher);
        using var curator = await Person.WithRolesAsync(museum, Roles.Curator);
        var (token, _) = await museum.Services.GetRequiredService<ApiTokens>().IssueAsync(curator.Actor!, "scanner", [Roles.Curator], TimeSpan.FromDays(1), Cancellation);
        (string, string)[] headers = [("Upload-Length", "0"), ("Upload-Metadata", Metadata("a"))];

        using var nobody = await SendAsync(visitor, HttpMethod.Post, "/api/uploads", null, headers);
        using var key = await SendAsync(visitor, HttpMethod.Post, "/api/uploads", null, [.. headers, ("Authorization", $"Bearer {FakeSessions.Key}")]);
        using var other = await SendAsync(researcher, HttpMethod.Post, "/api/uploads", null, headers);
        using var program = await SendAsync(visitor, HttpMethod.Post, "/api/uploads", null, [.. headers, ("Authorization", $"Bearer {token}")]);

        Assert.Equal(
            (HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.Created),
            (nobody.StatusCode, key.StatusCode, other.StatusCode, program.StatusCode));
    }

    private static async Task<string> CreateAsync(Person person, string path, long length)
    {
        using var created = await SendAsync(person, HttpMethod.Post, "/api/uploads", null,
            ("Upload-Length", length.ToString(CultureInfo.InvariantCulture)), ("Upload-Metadata", Metadata(path)));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        return created.Headers.Location!.ToString();
    }

    private static Task<HttpResponseMessage> PatchAsync(Person person, string upload, long offset, byte[] piece, params (string, string)[] headers) =>
        SendAsync(person, HttpMethod.Patch, upload, piece, [.. headers, ("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture))]);

    private static async Task<HttpResponseMessage> SendAsync(
        Person person, HttpMethod method, string path, byte[]? piece = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (!request.Headers.Contains("Tus-Resumable"))
        {
            request.Headers.Add("Tus-Resumable", "1.0.0");
        }

        if (piece is not null)
        {
            request.Content = new ByteArrayContent(piece) { Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") } };
        }

        return await person.Client.SendAsync(request, Cancellation);
    }

    private static string Metadata(string path) =>
        $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(path[(path.LastIndexOf('/') + 1)..]))},relativePath {Convert.ToBase64String(Encoding.UTF8.GetBytes(path))}";

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? values.Single() : "";

    private static async Task<Upload> RowAsync(Museum museum, string upload)
    {
        var id = Guid.Parse(upload[(upload.LastIndexOf('/') + 1)..]);
        await using var context = await museum.Services.GetRequiredService<IDbContextFactory<CatalogContext>>().CreateDbContextAsync(Cancellation);
        return await context.Uploads.AsNoTracking().SingleAsync(row => row.Id == id, Cancellation);
    }
}

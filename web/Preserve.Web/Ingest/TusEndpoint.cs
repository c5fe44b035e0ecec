using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Preserve.Catalog.Ingest;
using Preserve.Web.Accounts;
using Preserve.Web.Api;

namespace Preserve.Web.Ingest;

/// <summary>
/// <c>/api/uploads</c>: resumable uploads into quarantine, as tus 1.0.0 says, for curators. An upload belongs to the account that began
/// it; for all others it does not exist.
/// </summary>
public static class TusEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        // Asked before anybody signs in, and answered alike to all.
        routes.MapMethods("/api/uploads", [HttpMethods.Options], Describe).WithTags("Uploads")
            .WithName("DescribeUploads").WithSummary("Versions, extensions and bounds of the upload protocol (tus).");
        var uploads = routes.MapGroup("/api/uploads").WithTags("Uploads").RequireAuthorization(Policies.Curate)
            .AddEndpointFilter(RequireVersionAsync);
        uploads.MapPost("", CreateAsync)
            .WithName("CreateUpload").WithSummary("Begins an upload, perhaps with its first bytes.")
            .Produces(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status507InsufficientStorage);
        uploads.MapGet("{id:guid}", FindAsync)
            .WithName("GetUpload").WithSummary("How far an upload is. HEAD in the protocol; GET answers the same.")
            .Produces(StatusCodes.Status200OK).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status410Gone);
        uploads.MapPatch("{id:guid}", AppendAsync)
            .WithName("AppendToUpload").WithSummary("Adds bytes at the end of what is there.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(Tus.StatusChecksumMismatch);
        uploads.MapDelete("{id:guid}", TerminateAsync)
            .WithName("TerminateUpload").WithSummary("Forgets an upload and its bytes.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
        // Clients in networks that know only GET and POST.
        uploads.MapPost("{id:guid}", OverrideAsync).ExcludeFromDescription();
    }

    private static NoContent Describe(HttpContext http, [FromServices] IngestOptions options)
    {
        http.Response.Headers[Tus.Resumable] = Tus.Version;
        http.Response.Headers[Tus.VersionHeader] = Tus.Version;
        http.Response.Headers[Tus.ExtensionHeader] = Tus.Extensions;
        http.Response.Headers[Tus.MaxSize] = Number(options.MaximumUploadLengthInBytes);
        http.Response.Headers[Tus.ChecksumAlgorithm] = string.Join(',', UploadChecksum.Algorithms);
        return TypedResults.NoContent();
    }

    /// <summary>Core protocol: every request but OPTIONS names the version, every answer too.</summary>
    private static async ValueTask<object?> RequireVersionAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var http = call.HttpContext;
        http.Response.Headers[Tus.Resumable] = Tus.Version;
        http.Response.Headers.CacheControl = "no-store";
        if (http.Request.Headers[Tus.Resumable] != Tus.Version)
        {
            http.Response.Headers[Tus.VersionHeader] = Tus.Version;
            return Problems.UnsupportedTusVersion();
        }

        return await next(call);
    }

    private static async Task<IResult> CreateAsync(
        HttpContext http, [FromServices] Uploads uploads, [FromServices] UploadReceiver receiver, CancellationToken cancellationToken)
    {
        var headers = http.Request.Headers;
        if (headers.ContainsKey(Tus.UploadDeferLength) || headers.ContainsKey(Tus.UploadConcat) || Natural(headers[Tus.UploadLength]) is not { } length)
        {
            return Problems.BadUpload("Say the whole length of the file in Upload-Length. Deferred lengths and concatenation are not offered.");
        }

        if (TusMetadata.PathOf(headers[Tus.UploadMetadata].ToString()) is not { } path)
        {
            return Problems.BadUpload("Upload-Metadata is missing or malformed. Name the file with the key filename, its value UTF-8 in Base64.");
        }

        var begun = await uploads.BeginAsync(CurrentAccount.IdOf(http.User), path, length, unpackedFromId: null, cancellationToken);
        if (begun.Upload is not { } upload)
        {
            return Problems.NotUploaded(begun);
        }

        http.Response.Headers.Location = $"/api/uploads/{upload.Id}";
        if (http.Request.ContentType == Tus.ContentType)
        {
            return Answer(http, uploads, await ReceiveAsync(http, upload, 0, receiver, cancellationToken), StatusCodes.Status201Created);
        }

        return Answer(
            http, uploads, length == 0 ? await receiver.FinishEmptyAsync(upload, cancellationToken) : UploadResult.Done(upload), StatusCodes.Status201Created);
    }

    private static async Task<IResult> FindAsync(Guid id, HttpContext http, [FromServices] Uploads uploads, CancellationToken cancellationToken)
    {
        if (await uploads.FindAsync(id, CurrentAccount.IdOf(http.User), cancellationToken) is not { } upload)
        {
            return Problems.NoSuchUpload();
        }

        if (upload.State is UploadState.Expired or UploadState.Rejected)
        {
            return Problems.UploadGone();
        }

        http.Response.Headers[Tus.UploadLength] = Number(upload.LengthInBytes);
        http.Response.Headers[Tus.UploadMetadata] = TusMetadata.Of(upload.RelativePath);
        return Answer(http, uploads, UploadResult.Done(upload), StatusCodes.Status200OK);
    }

    private static async Task<IResult> AppendAsync(
        Guid id, HttpContext http, [FromServices] Uploads uploads, [FromServices] UploadReceiver receiver, CancellationToken cancellationToken)
    {
        if (http.Request.ContentType != Tus.ContentType)
        {
            return Problems.WrongUploadType();
        }

        if (Natural(http.Request.Headers[Tus.UploadOffset]) is not { } offset)
        {
            return Problems.BadUpload("Say in Upload-Offset where this piece begins.");
        }

        return await uploads.FindAsync(id, CurrentAccount.IdOf(http.User), cancellationToken) is { } upload
            ? Answer(http, uploads, await ReceiveAsync(http, upload, offset, receiver, cancellationToken), StatusCodes.Status204NoContent)
            : Problems.NoSuchUpload();
    }

    private static async Task<IResult> TerminateAsync(Guid id, HttpContext http, [FromServices] Uploads uploads, CancellationToken cancellationToken) =>
        await uploads.TerminateAsync(id, CurrentAccount.IdOf(http.User), cancellationToken) ? TypedResults.NoContent() : Problems.NoSuchUpload();

    private static Task<IResult> OverrideAsync(
        Guid id, HttpContext http, [FromServices] Uploads uploads, [FromServices] UploadReceiver receiver, CancellationToken cancellationToken) =>
        http.Request.Headers[Tus.MethodOverride].ToString() switch
        {
            "PATCH" => AppendAsync(id, http, uploads, receiver, cancellationToken),
            "DELETE" => TerminateAsync(id, http, uploads, cancellationToken),
            "HEAD" => FindAsync(id, http, uploads, cancellationToken),
            _ => Task.FromResult(Problems.BadUpload("POST to an upload takes X-HTTP-Method-Override with PATCH, DELETE or HEAD.")),
        };

    private static async Task<UploadResult> ReceiveAsync(
        HttpContext http, Upload upload, long offset, UploadReceiver receiver, CancellationToken cancellationToken)
    {
        var header = http.Request.Headers[Tus.UploadChecksum].ToString();
        var checksum = header.Length == 0 ? null : UploadChecksum.Parse(header);
        if (header.Length > 0 && checksum is null)
        {
            return UploadResult.Refused(UploadOutcome.BadName, $"Upload-Checksum is not one of {string.Join(", ", UploadChecksum.Algorithms)} and a value in Base64.", upload);
        }

        if (http.Request.ContentLength is { } length && offset >= 0 && length > upload.LengthInBytes - offset && offset <= upload.LengthInBytes)
        {
            return UploadResult.Refused(UploadOutcome.TooLong, $"There is more than the {upload.LengthInBytes} bytes that were announced.", upload);
        }

        // The upload's own length is the bound, and reading stops there.
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        return await receiver.AppendAsync(upload, offset, http.Request.Body, checksum, cancellationToken);
    }

    private static IResult Answer(HttpContext http, Uploads uploads, UploadResult result, int status)
    {
        if (result.Upload is { } upload)
        {
            http.Response.Headers[Tus.UploadOffset] = Number(upload.OffsetInBytes);
            if (upload.State == UploadState.Receiving)
            {
                http.Response.Headers[Tus.UploadExpires] = uploads.ExpiryOf(upload).ToString("R", CultureInfo.InvariantCulture);
            }
        }

        return result.Outcome == UploadOutcome.Done ? TypedResults.StatusCode(status) : Problems.NotUploaded(result);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static long? Natural(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}

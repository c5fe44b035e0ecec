using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog;
using Preserve.Catalog.Sessions;

namespace Preserve.Web.Tests.Running;

/// <summary>A running session of the exhibit "echo" whose screen can be shared.</summary>
public static class Sharing
{
    /// <summary>Hangs the exhibit, and records its session as a worker would.</summary>
    public static async Task<Museum> OpenAsync(params (string Key, string Value)[] configuration)
    {
        var museum = await Museum.OpenAsync(configuration);
        museum.Sessions.Session = FakeSessions.Running();
        await museum.ChangeCatalogAsync(catalog =>
        {
            catalog.Hang("echo");
            catalog.Sessions.Add(new SessionRecord
            {
                Id = FakeSessions.Running().Id, Purpose = SessionPurpose.Visit, ExhibitSlug = "echo", State = SessionState.Running, Worker = "local",
                KeySha256 = new string('a', 64), CreatedAt = 1,
            });
        });
        return museum;
    }

    public static async Task ChangeAsync<T>(this Museum museum, Func<CatalogContext, IQueryable<T>> which, Action<T> change)
        where T : class
    {
        await using var context = await museum.Services.GetRequiredService<IDbContextFactory<CatalogContext>>().CreateDbContextAsync();
        foreach (var row in await which(context).ToListAsync())
        {
            change(row);
        }

        await context.SaveChangesAsync();
    }
}

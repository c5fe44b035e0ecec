using System.Text.Json;
using Preserve.Workers.Streaming;

namespace Preserve.Workers.Watching;

/// <summary>Says who watches, to one of those who are connected.</summary>
internal static class WatchingMessages
{
    public static WatchingMessage Make(Audience audience, Viewer reader)
    {
        var watchers = audience.Watchers;
        return new WatchingMessage
        {
            Watchers = watchers.Count,
            IsOwner = reader.IsOwner,
            IsTour = audience.IsTour,
            Number = reader.Standing.Number,
            Wish = Word(reader.Standing.Wish),
            Guest = audience.Guest?.Standing.Number,
            People = reader.IsOwner ? [.. watchers.Select(Make)] : [],
        };
    }

    private static WatcherMessage Make(Viewer watcher) => new()
    {
        Number = watcher.Standing.Number,
        Name = watcher.Standing.Name,
        Wish = Word(watcher.Standing.Wish),
        Link = watcher.Link?.ToString(),
    };

    private static string Word(Wish wish) => JsonNamingPolicy.CamelCase.ConvertName(wish.ToString());
}

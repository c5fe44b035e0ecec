using Preserve.Emulation.Display;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Text;

namespace Preserve.Emulation.Qemu;

/// <summary>Reads the text screen of a PC: looks at the display's text memory, and believes it where it agrees with the picture.</summary>
internal sealed class QemuText(QemuMemory memory, Framebuffer screen, CodePage codePage, TimeProvider time) : IMachineText
{
    private const int Attempts = 4;
    private static readonly TimeSpan s_pictureInterval = TimeSpan.FromMilliseconds(40);
    private static readonly uint[] s_addresses = [0xB8000, 0xB0000];

    public async Task<TextScreen?> ReadAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (attempt > 0)
            {
                // The picture lags the memory by up to one interval of the display.
                await Task.Delay(s_pictureInterval, time, cancellationToken);
            }

            if (await ReadAsync(screen.Capture(), cancellationToken) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    public async Task<TextScreen?> ReadAsync(FrameCopy picture, CancellationToken cancellationToken)
    {
        // The picture decides first: memory is only looked at when it could be a text screen.
        var grids = TextGrid.Of(picture).ToArray();
        if (grids.Length == 0)
        {
            return null;
        }

        foreach (var address in s_addresses)
        {
            var page = await memory.ReadAsync(address, TextPage.Length, cancellationToken);
            if (grids.Select(grid => TextPage.Find(page, grid, codePage)).FirstOrDefault(found => found is not null) is { } text)
            {
                return text;
            }
        }

        return null;
    }
}

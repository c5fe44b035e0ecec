using System.IO.Pipelines;
using System.Text;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Qemu;

namespace Preserve.Emulation.Tests.Qemu;

/// <summary>A real guest at a real parallel port, and a port that says too much.</summary>
[Collection(RealQemu.Name)]
public class QemuPrinterTests(QemuFixture qemu)
{
    private const string Letter = "\u001b@\u001bEA letter\u001bF\r\n\r\nDear archive,\r\n\tthis was \u001b-\u0001printed\u001b-\u0000 on LPT1: caf\u0082, \u00c9\u00cd\u00bb.\r\n\f";

    [Theory(Timeout = 90_000), InlineData("pc-486"), InlineData("pc-pentium")]
    public async Task What_a_guest_prints_arrives_byte_for_byte_as_often_as_it_prints(string profile)
    {
        await using var machine = await qemu.StartAsync(Definitions.On(profile, BootSource.Floppy, QemuFixture.Guest("printer")));
        var printer = machine.Printer!;

        await Waiting.ForAsync(() => printer.Printed.Length >= Letter.Length, TimeSpan.FromSeconds(40));
        Assert.Equal(Letter, Encoding.Latin1.GetString(printer.Printed));

        await machine.Input.KeyAsync(0x19, 0, true, TestContext.Current.CancellationToken);
        await machine.Input.KeyAsync(0x19, 0, false, TestContext.Current.CancellationToken);
        await Waiting.ForAsync(() => printer.Printed.Length >= 2 * Letter.Length, TimeSpan.FromSeconds(20));
        Assert.Equal(Letter + Letter, Encoding.Latin1.GetString(printer.Printed));
        Assert.False(printer.IsFull);
    }

    [Fact(Timeout = 10_000)]
    public async Task What_is_more_than_is_kept_is_lost_and_the_guest_is_never_kept_waiting()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 4096, resumeWriterThreshold: 2048));
        await using var printer = new QemuPrinter(pipe.Reader.AsStream(), maximumLengthInBytes: 1000);

        for (var block = 0; block < 100; block++)
        {
            await pipe.Writer.WriteAsync(Enumerable.Repeat((byte)block, 700).ToArray(), TestContext.Current.CancellationToken);
        }

        await pipe.Writer.CompleteAsync();
        await printer.Completion;
        Assert.Equal([.. Enumerable.Repeat((byte)0, 700), .. Enumerable.Repeat((byte)1, 300)], printer.Printed);
        Assert.True(printer.IsFull);
    }
}

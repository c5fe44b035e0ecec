using Preserve.Emulation.Input;
using Preserve.Workers.Sessions;
using Preserve.Workers.Typing;

namespace Preserve.Workers.Streaming;

/// <summary>The part of the hub that reads text and types it.</summary>
internal sealed partial class SessionHub
{
    private const int LongestText = 16 * 1024;
    private const string NotPossible = "Not possible now.";

    public async Task ReadText(int machine, bool isReading)
    {
        if (CheckChannel(machine, nameof(ReadText)) && CheckRate() && Viewer.Session.Machine(machine) is { } running)
        {
            await Viewer.Text.ReadAsync(running, isReading);
        }
    }

    /// <summary>What of a text cannot be typed, before it is.</summary>
    public TypingPlanMessage PlanText(int machine, string text, string? layout)
    {
        if (!CheckText(text, layout, nameof(PlanText)) || !MayControl(machine, nameof(PlanText), out var running))
        {
            return new TypingPlanMessage { Problem = NotPossible };
        }

        var (plan, refusal) = running.Typing.Plan(new TypeRequest(text, layout, ByNumber: false, SkipUnknown: true));
        if (plan is null)
        {
            return new TypingPlanMessage { Problem = TypingWords.Of(refusal!) };
        }

        var byNumber = plan.Unknown.Count == 0 ? null : running.Typing.Plan(new TypeRequest(text, layout, ByNumber: true, SkipUnknown: true)).Plan;
        return new TypingPlanMessage { Unknown = plan.Unknown, ByNumber = byNumber?.ByNumber ?? [] };
    }

    /// <summary>Starts to type a text; characters that cannot be typed are left out. Returns why it does not begin, or null.</summary>
    public async Task<string?> TypeText(int machine, string text, string? layout, bool byNumber)
    {
        if (!CheckText(text, layout, nameof(TypeText)) || !MayControl(machine, nameof(TypeText), out var running))
        {
            return NotPossible;
        }

        var request = new TypeRequest(text, layout, byNumber, SkipUnknown: true);
        if (running.Typing.Plan(request).Refusal is { } refusal)
        {
            return TypingWords.Of(refusal);
        }

        var viewer = Viewer;
        return await viewer.Text.TypeAsync(running, request, MayGoOn)
            ? null
            : TypingWords.Of(new TypeResult(TypeOutcome.Busy, 0, text.Length, []));

        bool MayGoOn()
        {
            viewer.Session.Deadlines.Touch();
            return viewer.Session.Audience.RoleOf(viewer) != SessionRole.Watch;
        }
    }

    public void StopTyping(int machine)
    {
        if (CheckChannel(machine, nameof(StopTyping)) && CheckRate())
        {
            Viewer.Text.StopTyping(machine);
        }
    }

    /// <summary>Keys of a person, which are left out while a text is typed.</summary>
    private Task KeysAsync(int machine, string method, Func<IMachineInput, Task> act) =>
        MayControl(machine, method, out var running) && !running.Typing.IsTyping ? InputAsync(running, act) : Task.CompletedTask;

    private bool CheckText(string text, string? layout, string method) =>
        Check(text is { Length: <= LongestText } && layout is null or { Length: <= 16 }, method);
}

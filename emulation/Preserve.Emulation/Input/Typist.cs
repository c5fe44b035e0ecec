using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Input;

/// <summary>Types for somebody, no faster than the guest takes it. One text at a time.</summary>
/// <remarks>
/// Where the guest's key buffer shows that a key has come, the next one follows at once, and waits while the buffer is more than half
/// full. Where it shows nothing, since the guest has a keyboard driver of its own, keys follow at a fixed interval.
/// </remarks>
public sealed class Typist(IMachineInput input, IMachineKeyBuffer? buffer, TimeSpan interval, TimeProvider time)
{
    /// <summary>Keys in the buffer, of 15, above which the next one waits.</summary>
    private const int MostWaiting = 7;

    private static readonly TimeSpan s_lookInterval = TimeSpan.FromMilliseconds(2);

    /// <summary>How long a key may be on its way to the buffer before the buffer is taken for unused.</summary>
    private static readonly TimeSpan s_arrival = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a full buffer is waited for.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly HashSet<string> _notTaken = [];
    private bool _isBufferUsed = true;
    private bool _isBufferProven;

    /// <summary>Characters that were typed by their number and that the guest did not take: it does not know that way.</summary>
    public IReadOnlyCollection<string> NotTaken => _notTaken;

    /// <summary>Types characters.</summary>
    /// <param name="characters">Of a <see cref="TypingPlan"/>.</param>
    /// <param name="typed">Told after each character how many are done.</param>
    /// <param name="cancellationToken">Ends it between two keys or while it waits; no key stays down.</param>
    /// <returns>False when the guest took no more keys: what was told last is how far it came.</returns>
    /// <exception cref="MachineException">The key buffer could not be looked at.</exception>
    public async Task<bool> TypeAsync(IReadOnlyList<PlannedCharacter> characters, Action<int> typed, CancellationToken cancellationToken)
    {
        for (var i = 0; i < characters.Count; i++)
        {
            if (characters[i].IsByNumber && _notTaken.Count > 0)
            {
                _notTaken.Add(characters[i].Text);
            }
            else if (!await TypeAsync(characters[i], cancellationToken))
            {
                return false;
            }

            typed(i + 1);
        }

        return true;
    }

    private async Task<bool> TypeAsync(PlannedCharacter character, CancellationToken cancellationToken)
    {
        var before = buffer is null ? null : await buffer.ReadAsync(cancellationToken);
        var since = time.GetTimestamp();
        while (_isBufferUsed && before is { Waiting: > MostWaiting })
        {
            if (time.GetElapsedTime(since) >= s_patience)
            {
                return false;
            }

            await Task.Delay(s_lookInterval, time, cancellationToken);
            before = await buffer!.ReadAsync(cancellationToken);
        }

        foreach (var stroke in character.Strokes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await PressAsync(stroke);
        }

        await FollowAsync(character, before, cancellationToken);
        return true;
    }

    /// <summary>Waits until the character has come to the buffer, or as long as the interval asks.</summary>
    private async Task FollowAsync(PlannedCharacter character, KeyBufferState? before, CancellationToken cancellationToken)
    {
        if (before is null)
        {
            await Task.Delay(interval / 2, time, cancellationToken);
            return;
        }

        var since = time.GetTimestamp();
        while ((await buffer!.ReadAsync(cancellationToken))?.Position == before.Position)
        {
            if (time.GetElapsedTime(since) >= (_isBufferUsed ? s_arrival : interval / 2))
            {
                Missed(character);
                return;
            }

            await Task.Delay(s_lookInterval, time, cancellationToken);
        }

        _isBufferUsed = _isBufferProven = true;
    }

    private void Missed(PlannedCharacter character)
    {
        // Only where others came can one that did not be told from a buffer that nobody uses.
        if (character.IsByNumber && _isBufferUsed && _isBufferProven)
        {
            _notTaken.Add(character.Text);
        }
        else
        {
            _isBufferUsed = false;
        }
    }

    /// <summary>Whole or not at all: a key that went down comes up again.</summary>
    private async Task PressAsync(KeyStroke stroke)
    {
        byte[] held = [.. stroke.HeldScancodes];
        foreach (var key in held)
        {
            await input.KeyAsync(key, 0, isDown: true, CancellationToken.None);
        }

        foreach (var key in stroke.Keys)
        {
            await input.KeyAsync(key, 0, isDown: true, CancellationToken.None);
            if (buffer is null || !_isBufferUsed)
            {
                // A guest that sees to its keyboard now and then must find the key down.
                await Task.Delay(interval / 2, time, CancellationToken.None);
            }

            await input.KeyAsync(key, 0, isDown: false, CancellationToken.None);
        }

        foreach (var key in held)
        {
            await input.KeyAsync(key, 0, isDown: false, CancellationToken.None);
        }
    }
}

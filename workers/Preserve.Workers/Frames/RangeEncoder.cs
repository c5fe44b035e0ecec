namespace Preserve.Workers.Frames;

/// <summary>Writes decisions of known probability in as many bits as they carry information (a binary range coder). Not thread-safe.</summary>
internal sealed class RangeEncoder
{
    private readonly byte[] _bytes = new byte[FrameFormat.MaximumBlobLength];
    private uint _low;
    private uint _range;
    private int _length;

    public RangeEncoder() => Restart();

    /// <summary>Bytes written, without the one that <see cref="Finish"/> adds.</summary>
    public int Length => _length;

    public void Restart()
    {
        _low = 0;
        _range = uint.MaxValue;
        _length = 0;
    }

    /// <param name="bit">The decision.</param>
    /// <param name="probability">That it is true, in 1/4096, 1 to 4095.</param>
    public void Encode(bool bit, uint probability)
    {
        var bound = (_range >> 12) * probability;
        if (bit)
        {
            _range = bound;
        }
        else
        {
            Add(bound);
            _range -= bound;
        }

        while (_range < 1 << 24)
        {
            _bytes[_length++] = (byte)(_low >> 24);
            _low <<= 8;
            _range <<= 8;
        }
    }

    /// <summary>Ends the run and returns its bytes, valid until the next <see cref="Restart"/>.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        // The range is at least 2^24 wide, so some multiple of 2^24 lies in it: one byte ends any run.
        Add(0x00FFFFFF);
        _bytes[_length++] = (byte)(_low >> 24);
        return _bytes.AsSpan(0, _length);
    }

    private void Add(uint amount)
    {
        var sum = _low + amount;
        if (sum < _low)
        {
            // The carry ripples through what is already written.
            var at = _length - 1;
            while (++_bytes[at] == 0)
            {
                at--;
            }
        }

        _low = sum;
    }
}

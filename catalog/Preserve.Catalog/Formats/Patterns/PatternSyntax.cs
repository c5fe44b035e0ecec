using System.Globalization;
using System.Text;

namespace Preserve.Catalog.Formats.Patterns;

/// <summary>
/// Reads the signature syntax of PRONOM and of DROID's container signatures: bytes in hexadecimal, <c>'text'</c>, <c>??</c>, <c>*</c>,
/// <c>{n}</c>, <c>{n-m}</c>, <c>{n-*}</c>, <c>(a|b)</c>, <c>[a:b]</c>, <c>[!a]</c>, <c>[a b c]</c>, <c>[&amp;mask]</c>. Spaces mean nothing outside of text.
/// </summary>
internal sealed class PatternSyntax
{
    private const int MaximumLength = 100_000;
    private const int MaximumAlternatives = 256;
    private const int MaximumGap = 16 * 1024 * 1024;

    private readonly string _text;
    private readonly List<(Gap Gap, IReadOnlyList<Piece> Pieces)> _parts = [];
    private List<List<ByteUnit>> _current = [[]];
    private Gap _gap = Gap.None;
    private int _at;

    private PatternSyntax(string text) => _text = text;

    /// <summary>The parts of a pattern: each the gap before it and the pieces of which one must follow.</summary>
    /// <exception cref="FormatException">It is not in this syntax; the message says where.</exception>
    public static IReadOnlyList<(Gap Gap, IReadOnlyList<Piece> Pieces)> Parse(string text)
    {
        if (text.Length > MaximumLength)
        {
            throw new FormatException($"The sequence has {text.Length} characters; at most {MaximumLength} are accepted.");
        }

        var syntax = new PatternSyntax(text);
        syntax.ReadAll();
        return syntax._parts;
    }

    private void ReadAll()
    {
        while (Peek() is { } next)
        {
            switch (next)
            {
                case '*':
                    _at++;
                    Skip(Gap.Any);
                    break;
                case '{':
                    Skip(ReadGap());
                    break;
                case '(':
                    ReadAlternatives();
                    break;
                default:
                    Append(ReadUnit());
                    break;
            }
        }

        EndPart();
        if (_parts.Count == 0)
        {
            throw Unexpected("a byte");
        }
    }

    private void Append(ByteUnit unit) => _current.ForEach(units => units.Add(unit));

    private void Skip(Gap gap)
    {
        if (gap.Maximum == gap.Minimum && _current[0].Count > 0 && gap.Minimum is > 0 and <= 4096)
        {
            Append(new AnyUnit(gap.Minimum));
            return;
        }

        EndPart();
        _gap = new Gap(_gap.Minimum + gap.Minimum, _gap.Maximum + gap.Maximum);
    }

    private void EndPart()
    {
        if (_current[0].Count == 0)
        {
            return;
        }

        _parts.Add((_gap, [.. _current.Select(units => new Piece(units))]));
        (_current, _gap) = ([[]], Gap.None);
    }

    private void ReadAlternatives()
    {
        _at++;
        var alternatives = new List<List<ByteUnit>> { new() };
        while (Require() is var next && next != ')')
        {
            if (next == '|')
            {
                _at++;
                alternatives.Add([]);
            }
            else
            {
                alternatives[^1].Add(ReadUnit());
            }
        }

        _at++;
        if (alternatives.Exists(units => units.Count == 0) || alternatives.Count * _current.Count > MaximumAlternatives)
        {
            throw Unexpected($"1 to {MaximumAlternatives} alternatives, none empty");
        }

        _current = [.. _current.SelectMany(_ => alternatives, (before, units) => (List<ByteUnit>)[.. before, .. units])];
    }

    private ByteUnit ReadUnit()
    {
        if (Require() == '?')
        {
            _at++;
            Take('?');
            return new AnyUnit(1);
        }

        return Require() == '[' ? ReadBrackets() : new LiteralUnit(ReadBytes());
    }

    private ByteUnit ReadBrackets()
    {
        Take('[');
        var isNegated = TryTake('!');
        if (TryTake('&'))
        {
            var mask = ReadBytes();
            Take(']');
            return mask.Length == 1 ? new BitsUnit(mask[0], isNegated) : throw Unexpected("a mask of one byte");
        }

        var first = ReadBytes();
        if (TryTake(':') || TryTake('-'))
        {
            var last = ReadBytes();
            Take(']');
            return first.Length == last.Length ? new RangeUnit(first, last, isNegated) : throw Unexpected("a range of bytes of one width");
        }

        var set = new List<byte[]> { first };
        while (Require() != ']')
        {
            set.Add(ReadBytes());
        }

        _at++;
        if (set.Count == 1)
        {
            return isNegated ? new OtherThanUnit(first) : new LiteralUnit(first);
        }

        return set.TrueForAll(member => member.Length == 1)
            ? new SetUnit([.. set.Select(member => member[0])], isNegated)
            : throw Unexpected("a set of single bytes");
    }

    private byte[] ReadBytes()
    {
        if (Require() == '\'')
        {
            var end = _text.IndexOf('\'', _at + 1);
            var text = end > _at + 1 ? _text[(_at + 1)..end] : throw Unexpected("text in quotes");
            _at = end + 1;
            return Encoding.UTF8.GetBytes(text);
        }

        var begin = _at;
        while (_at < _text.Length && char.IsAsciiHexDigit(_text[_at]))
        {
            _at++;
        }

        return (_at - begin) is > 0 and var digits && digits % 2 == 0
            ? Convert.FromHexString(_text.AsSpan(begin, digits))
            : throw Unexpected("bytes in pairs of hexadecimal digits");
    }

    private Gap ReadGap()
    {
        _at++;
        var minimum = ReadNumber();
        if (!TryTake('-'))
        {
            Take('}');
            return new Gap(minimum, minimum);
        }

        int? maximum = TryTake('*') ? null : ReadNumber();
        Take('}');
        return maximum is null || maximum >= minimum ? new Gap(minimum, maximum) : throw Unexpected("a gap from less to more");
    }

    private int ReadNumber()
    {
        Require();
        var begin = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        return int.TryParse(_text.AsSpan(begin, _at - begin), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MaximumGap
            ? number
            : throw Unexpected($"a number up to {MaximumGap}");
    }

    private char? Peek()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }

        return _at < _text.Length ? _text[_at] : null;
    }

    private char Require() => Peek() ?? throw Unexpected("more");

    private void Take(char expected)
    {
        if (!TryTake(expected))
        {
            throw Unexpected($"'{expected}'");
        }
    }

    private bool TryTake(char expected)
    {
        var isThere = Peek() == expected;
        _at += isThere ? 1 : 0;
        return isThere;
    }

    private FormatException Unexpected(string expected) => new($"Sequence {Excerpt()}: {expected} was expected at character {_at + 1}.");

    private string Excerpt() => _text.Length <= 60 ? _text : _text[..60] + "...";
}

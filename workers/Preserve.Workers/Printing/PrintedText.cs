using Preserve.Emulation.Text;

namespace Preserve.Workers.Printing;

/// <summary>Pages of a printer that writes characters.</summary>
/// <param name="Pages">Lines of each page, at most <see cref="LinesAPage"/>, without blanks at their ends.</param>
/// <param name="Pictures">How many pictures made of dots were left out, up to where it was cut.</param>
/// <param name="IsCut">Whether there were more pages than are made.</param>
public sealed record PrintedText(IReadOnlyList<IReadOnlyList<string>> Pages, int Pictures, bool IsCut)
{
    public const int LinesAPage = 66;

    /// <summary>A printer at its narrowest; what is longer goes on in the next line.</summary>
    public const int ColumnsALine = 136;

    /// <summary>Most pages that are made.</summary>
    public const int MostPages = 500;

    /// <summary>Reads what was sent to a printer: characters, the movements of the carriage, and commands, which are left out.</summary>
    public static PrintedText Read(ReadOnlySpan<byte> sent, CodePage codePage)
    {
        var paper = new Paper(codePage);
        var pictures = 0;
        var at = 0;
        for (; at < sent.Length && !paper.IsFull; at++)
        {
            if (sent[at] == 0x1B)
            {
                at += EscapeCodes.Length(sent[(at + 1)..], out var isPicture);
                pictures += isPicture ? 1 : 0;
                continue;
            }

            paper.Take(sent[at]);
        }

        return new PrintedText(paper.Pages(), pictures, at < sent.Length);
    }

    /// <summary>Where the carriage is, and what it has left behind.</summary>
    private sealed class Paper(CodePage codePage)
    {
        private const int TabWidth = 8;

        private readonly List<List<string>> _pages = [];
        private List<char[]> _lines = [];
        private int _line;
        private int _column;

        public bool IsFull => _pages.Count == MostPages;

        public void Take(byte code)
        {
            switch (code)
            {
                case 0x08:
                    _column = Math.Max(0, _column - 1);
                    break;
                case 0x09:
                    _column = Math.Min(ColumnsALine - 1, (_column / TabWidth + 1) * TabWidth);
                    break;
                case 0x0A or 0x0B:
                    NextLine();
                    break;
                case 0x0C:
                    NextPage();
                    break;
                case 0x0D:
                    _column = 0;
                    break;
                case >= 0x20 and not 0x7F:
                    Put(codePage.ToUnicode(code));
                    break;
            }
        }

        public List<List<string>> Pages()
        {
            if (_lines.Count > 0 && !IsFull)
            {
                NextPage();
            }

            return _pages;
        }

        private void Put(char character)
        {
            if (_column == ColumnsALine)
            {
                NextLine();
            }

            while (_lines.Count <= _line)
            {
                _lines.Add([.. Enumerable.Repeat(' ', ColumnsALine)]);
            }

            // Blanks print nothing over what stands there: that is how bold and underline were made.
            if (character != ' ')
            {
                _lines[_line][_column] = _lines[_line][_column] == ' ' || character != '_' ? character : _lines[_line][_column];
            }

            _column++;
        }

        private void NextLine()
        {
            _column = 0;
            if (++_line == LinesAPage)
            {
                NextPage();
            }
        }

        private void NextPage()
        {
            _pages.Add([.. _lines.Select(line => new string(line).TrimEnd())]);
            (_lines, _line, _column) = ([], 0, 0);
        }
    }
}

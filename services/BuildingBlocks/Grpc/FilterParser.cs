using System.Globalization;
using System.Text;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>
/// Reads a filter, a subset of AIP-160: <c>field op value</c> joined by AND, op one of <c>= != &lt; &lt;= &gt; &gt;=</c>, value a word
/// or a text in single or double quotes with backslash escapes. Positions in messages count characters from 1.
/// </summary>
internal ref struct FilterParser
{
    private const int CharactersMax = 2000;
    private const int ComparisonsMax = 20;
    private readonly string _text;
    private int _at;

    private FilterParser(string text) => _text = text;

    public static IReadOnlyList<FilterTerm> Parse(string filter, IReadOnlyList<ListField> fields, Violations violations)
    {
        try
        {
            if (filter.Length > CharactersMax)
                throw new FilterError(CharactersMax, $"at most {CharactersMax} characters");
            return new FilterParser(filter).ReadAll(fields);
        }
        catch (FilterError error)
        {
            var allowed = string.Create(CultureInfo.InvariantCulture, $"at position {error.Position + 1} {error.Message}");
            violations.Add("filter", BuildingReasons.FilterInvalid, filter, allowed);
            return [];
        }
    }

    private List<FilterTerm> ReadAll(IReadOnlyList<ListField> fields)
    {
        var terms = new List<FilterTerm>();
        SkipBlanks();
        while (_at < _text.Length)
        {
            if (terms.Count == ComparisonsMax)
                throw new FilterError(_at, $"the end, after at most {ComparisonsMax} comparisons");
            if (terms.Count > 0)
                ReadAnd();
            terms.Add(ReadTerm(fields));
            SkipBlanks();
        }

        return terms;
    }

    private void ReadAnd()
    {
        var start = _at;
        if (ReadWord() != "AND")
            throw new FilterError(start, "AND, which joins comparisons");
        SkipBlanks();
    }

    private FilterTerm ReadTerm(IReadOnlyList<ListField> fields)
    {
        var start = _at;
        var name = ReadWord();
        var field = fields.FirstOrDefault(candidate => candidate.Name == name)
            ?? throw new FilterError(start, "one of the fields " + string.Join(", ", fields.Select(candidate => candidate.Name)));
        SkipBlanks();
        start = _at;
        var comparison = ReadComparison();
        if (field.Kind == ListFieldKind.Flag && comparison is not ("=" or "!="))
            throw new FilterError(start, $"= or != behind {name}");
        SkipBlanks();
        start = _at;
        var value = FilterTerm.ValueOf(ReadValue(), field.Kind)
            ?? throw new FilterError(start, $"{FilterTerm.Describe(field.Kind)} for {name}");
        return new FilterTerm(field, comparison, value);
    }

    private string ReadWord()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.' or '-' or ':' or '/' or '+'))
            _at++;
        return _text[start.._at];
    }

    private string ReadComparison()
    {
        foreach (var candidate in (ReadOnlySpan<string>)["!=", "<=", ">=", "=", "<", ">"])
        {
            if (!_text.AsSpan(_at).StartsWith(candidate, StringComparison.Ordinal))
                continue;
            _at += candidate.Length;
            return candidate;
        }

        throw new FilterError(_at, "one of = != < <= > >=");
    }

    private string ReadValue()
    {
        if (_at < _text.Length && _text[_at] is '"' or '\'')
            return ReadQuoted();
        var start = _at;
        var word = ReadWord();
        return word.Length > 0 ? word : throw new FilterError(start, "a value");
    }

    private string ReadQuoted()
    {
        var start = _at;
        var quote = _text[_at++];
        var value = new StringBuilder();
        while (_at < _text.Length && _text[_at] != quote)
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
                _at++;
            value.Append(_text[_at++]);
        }

        if (_at == _text.Length)
            throw new FilterError(start, "a text with a closing quote");
        _at++;
        return value.ToString();
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
    }

    // CA1064, CA1032: it only carries a position out of nested readers and never leaves this file.
#pragma warning disable CA1064, CA1032
    private sealed class FilterError(int position, string message) : Exception(message)
    {
        public int Position { get; } = position;
    }
#pragma warning restore CA1064, CA1032
}

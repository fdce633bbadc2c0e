using OrderTracking.Admin;
using Xunit;

namespace OrderTracking.Client.Tests.Admin;

/// <summary>How rows are laid out where the output is a file.</summary>
public sealed class TablesTests
{
    private readonly StringWriter _writer = new();

    [Fact]
    public void Rows_that_fit_are_a_table_without_columns_in_which_nothing_stands()
    {
        new Tables(_writer, terminal: false).Rows(["Name", "Owner", "State"], [["holds/1", "", "OPEN"], ["holds/22", "", "SETTLED"]]);
        Assert.Matches(@"Name +State\r?\n.+\r?\n +holds/1 +OPEN\r?\n +holds/22 +SETTLED", _writer.ToString());
        Assert.DoesNotContain("Owner", _writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_do_not_fit_are_blocks_and_no_value_is_broken_or_cut()
    {
        var explanation = string.Join(' ', Enumerable.Repeat("because", 100));
        new Tables(_writer, terminal: false).Rows(["Name", "Why"], [["holds/1", explanation], ["holds/2", explanation]]);
        Assert.Equal(2, _writer.ToString().Split('\n').Count(line => line.Trim() == $"Why   {explanation}"));
    }

    [Fact]
    public void Nothing_of_a_value_is_markup_or_an_order_to_the_terminal()
    {
        new Tables(_writer, terminal: false).Fields([("Buyer", "[red]Rechen[/]\u001b[2Jwerk\u202E")]);
        Assert.Equal("Buyer  [red]Rechen[/]?[2Jwerk?", _writer.ToString().Trim());
    }
}

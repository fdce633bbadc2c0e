using System.Text;
using OrderTracking.ComplianceService.Lists.Parsing;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Lists;

/// <summary>Lists as they are published: dirt with one meaning is mended and told, anything else refuses the file.</summary>
public sealed class ListFileTests
{
    [Theory]
    [InlineData(ListFiles.Consolidated2023, 4_226)]
    [InlineData(ListFiles.Sample2025, 13)]
    [InlineData(ListFiles.Consolidated2019, 115)]
    [InlineData(ListFiles.DeniedPersons, 543)]
    public async Task Every_shape_is_read_whole(string file, int entries)
    {
        var read = await ListFiles.Read(file);

        Assert.Equal(entries, read.Entries.Count);
        Assert.Equal(entries, read.Entries.Select(entry => entry.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(read.Entries, entry => Assert.Equal(entry.Name.Trim(), entry.Name));
    }

    [Fact]
    public async Task What_was_mended_is_told_with_its_line()
    {
        var read = await ListFiles.Read(ListFiles.Consolidated2023);
        var kinds = read.Repairs.CountBy(repair => repair.Kind).ToDictionary();

        Assert.Equal(1, kinds[ListRepairs.HeaderRepeated]);
        Assert.Equal(2, Assert.Single(read.Repairs, repair => repair.Kind == ListRepairs.HeaderRepeated).Line);
        Assert.Equal(53, kinds[ListRepairs.NameSpaces]);
        Assert.Equal(7, kinds[ListRepairs.IdShared]);
        Assert.Equal(3, kinds[ListRepairs.TextEncoding]);
        Assert.Equal(1, kinds[ListRepairs.LastRecordCut]);
        Assert.True(kinds[ListRepairs.CellLines] >= 3);
        Assert.True(read.Cut);
        Assert.Contains(read.Entries, entry => entry.Name == "Government Flying Service");
        Assert.Contains(read.Entries, entry => entry.Name == "CAST Xi\u2019an Spaceflight Engine Factory");
    }

    [Fact]
    public async Task A_malformed_file_is_refused_with_its_lines()
    {
        var refused = await Assert.ThrowsAsync<ListFileException>(() => ListFiles.Read(ListFiles.Malformed));

        Assert.Equal([2, 4, 5, 9], refused.Faults.Select(fault => fault.Line));
        Assert.Equal("2 cells, the header names 28", refused.Faults[0].Reason);
    }

    [Theory]
    [InlineData("", 1, "no header")]
    [InlineData("a,b\n1,2\n", 1, "header is neither")]
    [InlineData("{h}\n", 2, "no entry")]
    [InlineData("{h}\n{r:Good}\n{r:}\n{r:Fine}\n", 3, "'name' is empty")]
    [InlineData("{h}\n{r:Good}\n{d:Late|31.12.2020|}\n", 3, "no date of the form yyyy-MM-dd")]
    [InlineData("{h}\n{d:Backwards|2020-01-02|2020-01-01}\n", 2, "end 2020-01-01 lies before the start 2020-01-02")]
    [InlineData("{h}\n{r:Good}\nshort,row\n{r:Fine}\n", 3, "2 cells")]
    [InlineData("{h}\n{r:Go\"od}\n{r:Fine}\n", 2, "quote")]
    [InlineData("{h}\n{r:Good}\n\"never closed\n{r:Fine}\n{r:Finer}\n", 3, "")]
    public async Task What_has_no_one_meaning_is_refused_with_the_line(string file, int line, string reason)
    {
        var refused = await Assert.ThrowsAsync<ListFileException>(() => ListFiles.Read(Encoding.UTF8.GetBytes(Filled(file))));

        Assert.Equal(line, refused.Faults[0].Line);
        Assert.Contains(reason, refused.Faults[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        var refused = await Assert.ThrowsAsync<ListFileException>(
            () => ListFiles.Read([.. Encoding.UTF8.GetBytes(Filled("{h}\n{r:Good}\n")), 0xC3, 0x28, 0xFF]));

        Assert.Contains("not UTF-8", refused.Faults[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_cut_anywhere_never_passes_for_a_whole_one()
    {
        var whole = ListFiles.Bytes(ListFiles.Sample2025);
        var entries = (await ListFiles.Read(whole)).Entries.Count;
        for (var length = whole.Length - 2; length > 600; length -= 97)
        {
            ListFile? read = null;
            try
            {
                read = await ListFiles.Read(whole[..length]);
            }
            catch (ListFileException)
            {
                // Refused: that is not silent either.
            }

            // A cut exactly between two records is seen by comparison with the snapshot before: entries are missing.
            Assert.True(read is null || read.Cut || read.Entries.Count < entries, $"cut at {length}");
        }
    }

    [Fact]
    public async Task The_same_record_twice_is_one_entry_and_two_contents_of_one_id_are_two()
    {
        var twice = new Listed("1", "Alpha");
        var read = await ListFiles.Read(ListFiles.Consolidated(twice, twice, twice with { Name = "Beta" }));

        Assert.Equal(["Alpha", "Beta"], read.Entries.Select(entry => entry.Name));
        Assert.Equal("EL-1", read.Entries[0].Id);
        Assert.StartsWith("EL-1-", read.Entries[1].Id, StringComparison.Ordinal);
        Assert.Equal([ListRepairs.Duplicate, ListRepairs.IdShared], read.Repairs.Select(repair => repair.Kind));
    }

    [Fact]
    public async Task An_entry_keeps_its_id_and_digest_from_file_to_file()
    {
        var first = await ListFiles.Read(ListFiles.Consolidated(new Listed("", "Alpha", "A; B", "Kabul, AF"), new Listed("2", "Beta")));
        var again = await ListFiles.Read(ListFiles.Consolidated(new Listed("2", " Beta"), new Listed("", "Alpha", "B; A", "Kabul, AF")));

        Assert.Equal(first.Entries.Select(Key).Order(), again.Entries.Select(Key).Order());
        Assert.NotEqual(first.Entries[0].Digest(), (first.Entries[0] with { Citation = "new" }).Digest());

        static string Key(ComplianceService.Lists.ListEntry entry) => $"{entry.Id} {entry.Digest()}";
    }

    [Fact]
    public async Task Dates_and_countries_are_read_as_each_shape_writes_them()
    {
        var denied = (await ListFiles.Read(ListFiles.DeniedPersons)).Entries.First(entry => entry.Name == "ZHONGDA JIN");
        var sample = (await ListFiles.Read(ListFiles.Sample2025)).Entries.First(entry => entry.Name == "Atlas Sanatgaran");

        Assert.Equal((new DateOnly(2001, 7, 31), new DateOnly(2026, 7, 31)), (denied.StartDate, denied.EndDate));
        Assert.Equal(["US"], denied.Countries);
        Assert.Equal(["AM"], sample.Countries);
        Assert.StartsWith("UVL-", sample.Id, StringComparison.Ordinal);
    }

    private static string Filled(string file)
    {
        var lines = Encoding.UTF8.GetString(ListFiles.Consolidated(new Listed("1", "?"))).Split('\n');
        var filled = file.Replace("{h}", lines[0], StringComparison.Ordinal);
        filled = System.Text.RegularExpressions.Regex.Replace(filled, @"\{r:([^}]*)\}", match => Row(match.Groups[1].Value, "", ""));
        return System.Text.RegularExpressions.Regex.Replace(
            filled, @"\{d:([^|]*)\|([^|]*)\|([^}]*)\}", match => Row(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value));

        static string Row(string name, string start, string end) =>
            Encoding.UTF8.GetString(ListFiles.Consolidated(new Listed(name, name, Start: start, End: end))).Split('\n')[1];
    }
}

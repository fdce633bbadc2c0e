using Xunit;

namespace OrderTracking.ComplianceService.Tests.Registers;

/// <summary>Keys have an end, and two of them stay two.</summary>
public sealed class KeyTextTests
{
    [Fact]
    public void A_key_that_fits_is_the_text() => Assert.Equal(new string('a', KeyText.CharactersMax), KeyText.Fit(new string('a', KeyText.CharactersMax)));

    [Fact]
    public void Longer_texts_that_begin_alike_stay_two()
    {
        var (one, other) = (KeyText.Fit(new string('a', 5_000)), KeyText.Fit(new string('a', 5_001)));
        Assert.NotEqual(one, other);
        Assert.Equal(one, KeyText.Fit(new string('a', 5_000)));
        Assert.All([one, other], key => Assert.Equal(KeyText.CharactersMax, key.Length));
    }

    [Fact]
    public void No_letter_is_cut_in_half()
    {
        var key = KeyText.Fit(string.Concat(Enumerable.Repeat("x𠀀", 500)));
        Assert.All(Enumerable.Range(0, key.Length), at => Assert.False(char.IsHighSurrogate(key[at]) && !char.IsLowSurrogate(key[at + 1])));
    }
}

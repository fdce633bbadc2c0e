using OrderTracking.BuildingBlocks.Hosting;

namespace OrderTracking.BuildingBlocks.Tests.Hosting;

public sealed class ProcessArgumentsTests
{
    [Fact]
    public void Settings_and_verbs_are_understood_in_either_form()
    {
        var arguments = ProcessArguments.Parse(["--port", "0", "--Storage:Provider=SqlServer", "--migrate", "--ConnectionStrings:orders", "Server=a=b", "--Orders:X=1"], "Orders:");
        Assert.True(arguments.IsMigration);
        Assert.Equal(
            ("0", "SqlServer", "Server=a=b", "1"),
            (arguments.Settings["Grpc:Port"], arguments.Settings["storage:provider"], arguments.Settings["ConnectionStrings:orders"], arguments.Settings["Orders:X"]));
    }

    [Theory]
    [InlineData("--migrat", "There is no option '--migrat'.")]
    [InlineData("--Compliance:X=1", "There is no option '--Compliance:X'.")]
    [InlineData("migrate", "There is no option 'migrate'.")]
    [InlineData("--port", "--port needs a value.")]
    public void What_there_is_not_is_refused(string argument, string expected) =>
        Assert.Equal(expected, Assert.Throws<ArgumentException>(() => ProcessArguments.Parse([argument], "Orders:")).Message);
}

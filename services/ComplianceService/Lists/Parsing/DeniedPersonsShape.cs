namespace OrderTracking.ComplianceService.Lists.Parsing;

/// <summary>The Denied Persons List as the Bureau of Industry and Security publishes it: separated by tabs, with the dates of each order.</summary>
internal sealed class DeniedPersonsShape : ListShape
{
    private const string Source = "Denied Persons List (DPL) - Bureau of Industry and Security";
    private const string Code = "DPL";

    protected override string[] Columns { get; } =
    [
        "Name", "Street_Address", "City", "State", "Country", "Postal_Code", "Effective_Date", "Expiration_Date", "Standard_Order",
        "Last_Update", "Action", "FR_Citation",
    ];

    protected override string DateFormat => "MM/dd/yyyy";

    public override ListEntry? Entry(CellText cells, ListRecords records)
    {
        var name = Required(cells.Name("Name"), "Name", records);
        var start = Date(cells, "Effective_Date", records);
        var end = Date(cells, "Expiration_Date", records);
        if (name is null || !InOrder(start, end, records))
            return null;
        string[] place = [cells.Of("Street_Address"), cells.Of("City"), cells.Of("State"), cells.Of("Postal_Code"), cells.Of("Country")];
        var address = string.Join(", ", place.Where(part => part.Length > 0));
        return new ListEntry
        {
            Id = IdOf(Code, name, address, cells.Of("Effective_Date")),
            Source = Source,
            Name = name,
            Addresses = address.Length > 0 ? [address] : [],
            Countries = KnownCountries([cells.Of("Country")]),
            Citation = cells.Of("FR_Citation"),
            StartDate = start,
            EndDate = end,
            LicensePolicy = cells.Of("Standard_Order") == "Y" ? "Standard denial order" : "",
            Remarks = cells.Of("Action"),
        };
    }
}

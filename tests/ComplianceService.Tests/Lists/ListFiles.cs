using System.Globalization;
using System.IO.Compression;
using OrderTracking.ComplianceService.Lists;
using OrderTracking.ComplianceService.Lists.Parsing;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Lists;

/// <summary>The lists that come with the tests.</summary>
internal static class ListFiles
{
    public const string Consolidated2023 = "consolidated-2023-11-30.csv";
    public const string Sample2025 = "consolidated-2025-sample.csv";
    public const string Consolidated2019 = "consolidated-2019-28-columns.csv";
    public const string Malformed = "malformed.csv";
    public const string DeniedPersons = "denied-persons.txt";

    public static byte[] Bytes(string file)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Lists", "Data", file);
        if (File.Exists(path))
            return File.ReadAllBytes(path);
        using var packed = new GZipStream(File.OpenRead(path + ".gz"), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        packed.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static Task<ListFile> Read(string file) => Read(Bytes(file));

    public static async Task<ListFile> Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return await ListFileParser.Read(stream, _ => { }, TestContext.Current.CancellationToken);
    }

    /// <summary>A file of the 29 columns with these records: id, source code, name, aliases, address, start, end.</summary>
    public static byte[] Consolidated(params ReadOnlySpan<Listed> records)
    {
        var text = new System.Text.StringBuilder(
            "_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,standard_order,"
            + "license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,vessel_flag,vessel_owner,"
            + "remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,places_of_birth,source_information_url,ids\n");
        foreach (var one in records)
            text.Append(
                CultureInfo.InvariantCulture,
                $"\"{one.Id}\",\"{one.Source}\",\"\",\"\",\"\",\"{one.Name}\",\"\",\"{one.Address}\",\"{one.Notice}\",\"{one.Start}\",\"{one.End}\",\"\",\"\",\"\",\"\",\"\","
                + $"\"\",\"\",\"\",\"\",\"\",\"\",\"{one.Aliases}\",\"\",\"\",\"\",\"\",\"\",\"\"\n");
        return System.Text.Encoding.UTF8.GetBytes(text.ToString());
    }
}

/// <summary>A record of a list made for a test.</summary>
internal sealed record Listed(
    string Id, string Name, string Aliases = "", string Address = "", string Start = "", string End = "",
    string Source = "Entity List (EL) - Bureau of Industry and Security", string Notice = "");

using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace OrderTracking.Statements;

/// <summary>The SQL in an assembly: every text its code loads, whole or as a piece of an interpolated one, and every constant.</summary>
internal static partial class StatementTexts
{
    public static IReadOnlySet<string> Of(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        var texts = new HashSet<string>(StringComparer.Ordinal);
        for (var handle = MetadataTokens.UserStringHandle(0); ; )
        {
            handle = metadata.GetNextHandle(handle);
            if (handle.IsNil)
                break;
            texts.Add(metadata.GetUserString(handle).ReplaceLineEndings("\n"));
        }

        foreach (var constant in metadata.FieldDefinitions.Select(metadata.GetFieldDefinition).Select(field => field.GetDefaultValue()).Where(value => !value.IsNil))
            if (metadata.GetConstant(constant) is { TypeCode: ConstantTypeCode.String, Value: var value })
                texts.Add(((string)metadata.GetBlobReader(value).ReadConstant(ConstantTypeCode.String)!).ReplaceLineEndings("\n"));
        texts.RemoveWhere(text => !IsSql(text));
        return texts;
    }

    /// <summary>Whether a text is SQL, or the beginning or the end of some.</summary>
    public static bool IsSql(string text) => Sql().IsMatch(text);

    [GeneratedRegex(@"(^|[\s(])(select|insert into|delete from|update \w+\s+set|from \w+( \w+)?\s+(where|join|order by))\s")]
    private static partial Regex Sql();
}

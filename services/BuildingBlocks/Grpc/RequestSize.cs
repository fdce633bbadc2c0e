using System.Collections;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>
/// The longest text and the longest list any field of any request may have. Fields have narrower limits of their own; this one stands
/// behind them, so that a field whose limit was forgotten has one too.
/// </summary>
internal static class RequestSize
{
    /// <summary>Characters of one text: the definition of a rule, the longest there is, fits.</summary>
    public const int TextCharactersMax = 65_536;

    /// <summary>Elements of one list.</summary>
    public const int ElementsMax = 10_000;

    /// <summary>Refuses a request with a field above the limits.</summary>
    /// <exception cref="Refusal">FIELD_TOO_LARGE with every field that is.</exception>
    public static void Require<T>(T request)
        where T : class
    {
        // What is no longer than the smaller limit holds nothing above either, and that is nearly every request.
        if (request is not IMessage message || message.CalculateSize() <= ElementsMax)
            return;
        var violations = new Violations();
        Look(message, "", violations);
        violations.ThrowIfAny();
    }

    private static void Look(IMessage message, string path, Violations violations)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            var value = field.Accessor.GetValue(message);
            if (value is ICollection { Count: > ElementsMax } many)
                violations.Add(path + field.Name, BuildingReasons.FieldTooLarge, Many(many.Count), $"at most {ElementsMax} elements");
            else if (field is { IsRepeated: true, IsMap: false } && value is IList list)
                LookAtAll(list, field, path, violations);
            else
                LookAtOne(value, path + field.Name, violations);
        }
    }

    private static void LookAtAll(IList list, FieldDescriptor field, string path, Violations violations)
    {
        if (field.FieldType is not (FieldType.Message or FieldType.String))
            return;
        for (var index = 0; index < list.Count; index++)
            LookAtOne(list[index], string.Create(CultureInfo.InvariantCulture, $"{path}{field.Name}[{index}]"), violations);
    }

    private static void LookAtOne(object? value, string path, Violations violations)
    {
        if (value is IMessage message)
            Look(message, path + ".", violations);
        else if (value is string { Length: > TextCharactersMax } text)
            violations.Add(path, BuildingReasons.FieldTooLarge, text, $"at most {TextCharactersMax} characters");
    }

    private static string Many(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} elements");
}

using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace OrderTracking.ComplianceService.Tests.Purity;

/// <summary>One instruction that names a member: a call, a function pointer, a static field.</summary>
/// <param name="Constrained">The type a call through a type parameter is made on; null elsewhere.</param>
internal readonly record struct IlReference(OpCode Code, MemberInfo Member, Type? Constrained);

/// <summary>Reads the members a method's code names, by the runtime's own metadata: no file of any machine is opened.</summary>
internal static class IlReader
{
    private const byte TwoByteLead = 0xfe;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    public static IReadOnlyList<IlReference> ReferencesOf(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray();
        if (code is null)
            return [];
        var references = new List<IlReference>();
        Type? constrained = null;
        for (var at = 0; at < code.Length;)
        {
            var opcode = Codes[code[at] == TwoByteLead ? BinaryPrimitives.ReadInt16BigEndian(code.AsSpan(at)) : code[at]];
            at += opcode.Size;
            var operand = code.AsSpan(at);
            if (opcode.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineTok or OperandType.InlineType
                && Resolve(method, BinaryPrimitives.ReadInt32LittleEndian(operand)) is { } member)
            {
                if (opcode == OpCodes.Constrained)
                    constrained = (Type)member;
                else
                    references.Add(new IlReference(opcode, member, constrained));
            }

            if (opcode != OpCodes.Constrained)
                constrained = null;
            at += OperandSize(opcode, operand);
        }

        return references;
    }

    private static MemberInfo? Resolve(MethodBase method, int token) => method.Module.ResolveMember(
        token,
        method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null,
        method is { IsGenericMethod: true } ? method.GetGenericArguments() : null);

    private static int OperandSize(OpCode opcode, ReadOnlySpan<byte> operand) => opcode.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(operand)),
        _ => 4,
    };
}

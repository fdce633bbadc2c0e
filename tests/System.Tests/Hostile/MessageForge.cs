using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace OrderTracking.SystemTests.Hostile;

/// <summary>Messages made of descriptors, and what an attacker makes of them. The seed makes a run repeatable.</summary>
// CA5394: chance chooses what is tried, not what is secret.
#pragma warning disable CA5394
internal sealed class MessageForge(int seed)
{
    private const int DepthMax = 4;
    private const byte StartGroup = 0x0B;
    private static readonly string[] Texts =
    [
        "", "orders/0190a0b0-0000-7000-8000-000000000001", "../../etc/passwd", "'; drop table orders; --", "\0\u0001\uFFFF", "\U0001F4A3\U0001F4A3", "%s%n%x", "NVIDIA",
        "DE", "-1", "9999999999999999999999", "2025-02-30", "${jndi:ldap://x}", "rules/x", "*", "a/b/c/d/e", "\u202Egnp.exe", "true", "ＮＶＩＤＩＡ",
    ];

    private readonly Random _random = new(seed);

    public Random Random => _random;

    /// <summary>A message of the type with fields filled by chance.</summary>
    public IMessage Any(MessageDescriptor type, int depth = 0)
    {
        var message = type.Parser.ParseFrom(ByteString.Empty);
        foreach (var field in type.Fields.InDeclarationOrder().Where(_ => _random.Next(4) > 0))
        {
            if (field.IsMap || (field.FieldType == FieldType.Message && depth >= DepthMax))
                continue;
            if (!field.IsRepeated)
            {
                field.Accessor.SetValue(message, Value(field, depth));
                continue;
            }

            var list = (IList)field.Accessor.GetValue(message);
            for (var count = _random.Next(4); count > 0; count--)
                list.Add(Value(field, depth));
        }

        return message;
    }

    /// <summary>The bytes of a message, damaged.</summary>
    public byte[] Damage(byte[] message)
    {
        if (message.Length == 0)
            return Bytes(_random.Next(1, 64));
        var damaged = message.ToArray();
        switch (_random.Next(6))
        {
            case 0:
                for (var flips = _random.Next(1, 20); flips > 0; flips--)
                    damaged[_random.Next(damaged.Length)] ^= (byte)(1 << _random.Next(8));
                return damaged;
            case 1:
                return damaged[.._random.Next(damaged.Length)];
            case 2:
                return [.. damaged, .. damaged];
            case 3:
                return [.. damaged.AsSpan(0, _random.Next(damaged.Length)), .. Bytes(_random.Next(200)), .. damaged.AsSpan(damaged.Length / 2)];
            case 4:
                // A length of four gigabytes, or of less than nothing.
                damaged.AsSpan(0, Math.Min(6, damaged.Length)).Fill(0xFF);
                return damaged;
            default:
                return Bytes(_random.Next(1, 2_000));
        }
    }

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Groups within groups, closed or not.</summary>
    public static byte[] Groups(int depth, bool closed) =>
        [.. Enumerable.Repeat(StartGroup, depth), .. closed ? Enumerable.Repeat((byte)(StartGroup + 1), depth) : []];

    /// <summary>As many unknown fields as fit, each with a number of its own: what takes most memory for a byte.</summary>
    public static byte[] UnknownFields(int bytes)
    {
        using var wire = new MemoryStream(bytes);
        var output = new CodedOutputStream(wire, leaveOpen: true);
        for (var number = 10_000; output.Position < bytes - 16; number++)
        {
            output.WriteTag(number, WireFormat.WireType.Varint);
            output.WriteInt32(1);
        }

        output.Flush();
        return wire.ToArray();
    }

    /// <summary>A message with one field repeated empty as often as fits: two bytes an element.</summary>
    public static byte[] Empties(int field, int bytes)
    {
        var wire = new byte[bytes];
        for (var at = 0; at + 1 < bytes; at += 2)
            wire[at] = (byte)((field << 3) | 2);
        return wire;
    }

    private object Value(FieldDescriptor field, int depth) => field.FieldType switch
    {
        FieldType.Message => Any(field.MessageType, depth + 1),
        FieldType.String => Texts[_random.Next(Texts.Length)],
        FieldType.Bytes => ByteString.CopyFrom(Bytes(_random.Next(40))),
        FieldType.Bool => _random.Next(2) == 1,
        FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, _random.Next(-1, 12)),
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => _random.Next(3) switch { 0 => int.MinValue, 1 => int.MaxValue, _ => _random.Next(100) },
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => _random.Next(3) switch { 0 => long.MinValue, 1 => long.MaxValue, _ => _random.NextInt64(100) },
        FieldType.UInt32 or FieldType.Fixed32 => uint.MaxValue,
        FieldType.UInt64 or FieldType.Fixed64 => ulong.MaxValue,
        FieldType.Double => double.NaN,
        FieldType.Float => float.NegativeInfinity,
        _ => throw new NotSupportedException($"{field.FullName} is a {field.FieldType}."),
    };
}
#pragma warning restore CA5394

using System.Collections;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>Which fields an update writes.</summary>
public static class UpdateMask
{
    /// <summary>The paths of <paramref name="writable"/> that this update writes.</summary>
    /// <param name="mask">Omitted or empty: the populated fields. <c>*</c>: all. Else the named paths.</param>
    /// <param name="resource">The resource as sent.</param>
    /// <param name="writable">The top-level fields a caller may write. Others, such as the state, are never written, even when named.</param>
    /// <exception cref="Refusal">UPDATE_MASK_INVALID when a path is not a top-level field of the resource.</exception>
    public static IReadOnlySet<string> Resolve(FieldMask? mask, IMessage resource, IReadOnlyCollection<string> writable)
    {
        if (mask is null || mask.Paths.Count == 0)
            return writable.Where(path => IsPopulated(resource, path)).ToHashSet(StringComparer.Ordinal);
        if (mask.Paths is ["*"])
            return writable.ToHashSet(StringComparer.Ordinal);
        var violations = new Violations();
        foreach (var path in mask.Paths.Where(path => resource.Descriptor.FindFieldByName(path) is null))
        {
            var allowed = string.Join(", ", writable.Order(StringComparer.Ordinal));
            violations.Add("update_mask", BuildingReasons.UpdateMaskInvalid, path, $"{allowed}, or * alone");
        }

        violations.ThrowIfAny();
        return writable.Intersect(mask.Paths, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
    }

    private static bool IsPopulated(IMessage resource, string path)
    {
        var field = resource.Descriptor.FindFieldByName(path)
            ?? throw new ArgumentException($"The resource has no field {path}.", nameof(path));
        if (field.HasPresence)
            return field.Accessor.HasValue(resource);
        return field.Accessor.GetValue(resource) switch
        {
            ICollection many => many.Count > 0,
            string text => text.Length > 0,
            ByteString bytes => !bytes.IsEmpty,
            // Enums are ints behind a type of their own, so the zero of the value's own type is what "not set" is.
            var value => !value.Equals(Activator.CreateInstance(value.GetType())),
        };
    }
}

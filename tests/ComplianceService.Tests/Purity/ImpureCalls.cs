using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Text;

namespace OrderTracking.ComplianceService.Tests.Purity;

/// <summary>What a pure function must not name: clock, random, culture, machine, I/O, threads, state that changes.</summary>
internal static class ImpureCalls
{
    // By namespace or type; a trailing dot means everything below.
    private static readonly string[] ForbiddenTypes =
    [
        "System.Random", "System.TimeProvider", "System.Environment", "System.Console", "System.AppContext", "System.Diagnostics.",
        "System.IO.", "System.Net.", "System.Data.", "System.Threading.Thread", "System.Threading.ThreadPool", "System.Threading.Timer",
        "System.Threading.Tasks.", "System.Threading.ThreadLocal`1", "System.Threading.AsyncLocal`1", "System.TimeZoneInfo",
        "System.HashCode", "System.Security.Cryptography.RandomNumberGenerator", "Microsoft.", "Dapper.", "Grpc.",
        "OrderTracking.BuildingBlocks.", "MassTransit.",
    ];

    private static readonly HashSet<string> ForbiddenMembers =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTime.ToLocalTime",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow", "System.DateTimeOffset.ToLocalTime",
        "System.DateTimeOffset.get_LocalDateTime", "System.Guid.NewGuid", "System.Guid.CreateVersion7",
        "System.Globalization.CultureInfo.get_CurrentCulture", "System.Globalization.CultureInfo.get_CurrentUICulture",
        "System.StringComparer.get_CurrentCulture", "System.StringComparer.get_CurrentCultureIgnoreCase",
        "System.Object.GetHashCode", "System.String.GetHashCode", "System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode",
    ];

    // Formatting, parsing and comparing that take the culture of the machine when no provider, comparison or comparer is given.
    private static readonly string[] CultureNames = ["ToString", "Parse", "TryParse", "TryFormat", "Format", "AppendFormat", "ToUpper", "ToLower"];
    private static readonly string[] ComparingNames = ["Compare", "CompareTo", "StartsWith", "EndsWith", "IndexOf", "LastIndexOf"];
    private static readonly string[] SortingNames =
        ["Order", "OrderDescending", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Sort", "Min", "Max", "MinBy", "MaxBy"];

    /// <summary>Why each forbidden reference of a method is one; empty where there is none.</summary>
    public static IEnumerable<string> Of(MethodBase method, IReadOnlyList<IlReference> references)
    {
        var formatsBare = references.Any(reference => reference.Member is ConstructorInfo constructor && IsBareHandler(constructor));
        foreach (var reference in references)
        {
            var why = reference.Member switch
            {
                FieldInfo field => OfField(method, field, reference.Code),
                MethodBase called => OfCall(called, reference.Constrained, formatsBare),
                _ => null,
            };
            if (why is not null)
                yield return $"{method.DeclaringType?.FullName}.{method.Name}: {why}";
        }
    }

    private static string? OfField(MethodBase method, FieldInfo field, OpCode code)
    {
        // The compiler keeps delegates of lambdas in static fields: the same delegate whoever stores it first.
        if (!field.IsStatic || field.Name.StartsWith('<') || field.DeclaringType!.IsDefined(typeof(CompilerGeneratedAttribute), false))
            return null;
        if (code == OpCodes.Stsfld && method is not ConstructorInfo { IsStatic: true })
            return $"writes the static field {field.DeclaringType.Name}.{field.Name}";
        return field is { IsInitOnly: false, IsLiteral: false } && method is not ConstructorInfo { IsStatic: true }
            ? $"reads the static field {field.DeclaringType.Name}.{field.Name}, which may change"
            : null;
    }

    private static string? OfCall(MethodBase called, Type? constrained, bool formatsBare)
    {
        var type = called.DeclaringType!;
        var typeName = type.IsGenericType ? type.GetGenericTypeDefinition().FullName! : type.FullName!;
        var name = $"{typeName}.{called.Name}";
        if (ForbiddenMembers.Contains(name) || ForbiddenTypes.Any(one => one.EndsWith('.')
                ? typeName.StartsWith(one, StringComparison.Ordinal)
                : typeName == one))
            return $"calls {name}";
        if (TakesCulture(called, constrained))
            return $"calls {name} without a culture, comparison or comparer";
        return formatsBare && called is { Name: "AppendFormatted", IsGenericMethod: true } && IsFormatted(called.GetGenericArguments()[0])
            ? $"formats a {called.GetGenericArguments()[0].Name} in a text without a culture"
            : null;
    }

    private static bool TakesCulture(MethodBase called, Type? constrained)
    {
        var parameters = called.GetParameters().Select(parameter => parameter.ParameterType).ToArray();
        if (parameters.Any(SaysHow))
            return false;
        var type = called.DeclaringType!;
        if (called.Name == "ToString" && type == typeof(object))
            return constrained is not null && IsFormatted(constrained);
        if (called.Name == "ToString" && (type == typeof(string) || !IsFormatted(type)))
            return type == typeof(Convert);
        if (CultureNames.Contains(called.Name) && (IsFormatted(type) || type == typeof(string) || type == typeof(char) || type == typeof(StringBuilder)))
            return true;
        if (ComparingNames.Contains(called.Name) && type == typeof(string))
            return parameters.Length > 0 && parameters[0] != typeof(char);
        if (SortingNames.Contains(called.Name) && called.IsGenericMethod)
            return called.GetGenericArguments().Contains(typeof(string)) && called.GetGenericArguments()[^1] == typeof(string);
        if (called.Name is "Sort" or "get_Default" && type.IsGenericType)
            return type.GetGenericArguments()[0] == typeof(string) && parameters.Length == 0 && type.Name != "EqualityComparer`1";
        return type == typeof(StringBuilder) && called.Name is "Append" or "Insert" && IsFormatted(parameters[^1]);
    }

    private static bool SaysHow(Type parameter) =>
        parameter == typeof(IFormatProvider) || parameter == typeof(CultureInfo) || parameter == typeof(StringComparison)
        || parameter == typeof(NumberFormatInfo) || parameter.Name is "IComparer`1" or "IComparer" or "Comparison`1" or "StringComparer"
        || parameter.Name == nameof(DefaultInterpolatedStringHandler) || parameter.Name.Contains("AppendInterpolatedStringHandler", StringComparison.Ordinal);

    // Enums and characters have one text everywhere.
    private static bool IsFormatted(Type type) =>
        !type.IsEnum && type != typeof(char) && type != typeof(string)
        && (typeof(IFormattable).IsAssignableFrom(type) || Nullable.GetUnderlyingType(type) is { } inner && IsFormatted(inner));

    private static bool IsBareHandler(ConstructorInfo constructor) =>
        (constructor.DeclaringType == typeof(DefaultInterpolatedStringHandler)
            || constructor.DeclaringType == typeof(StringBuilder.AppendInterpolatedStringHandler))
        && !constructor.GetParameters().Any(parameter => parameter.ParameterType == typeof(IFormatProvider));
}

using System.Reflection;
using System.Reflection.Emit;

namespace OrderTracking.ComplianceService.Tests.Purity;

/// <summary>
/// Everything that can run from a set of methods inside some assemblies: what they call, what they hand on as a delegate, every override
/// of a virtual method, and the initialisers of the types they touch. More than runs, never less.
/// </summary>
internal sealed class ReachableCode
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly MethodInfo DisposeMethod = typeof(IDisposable).GetMethod(nameof(IDisposable.Dispose))!;

    private readonly HashSet<Assembly> assemblies;
    private readonly Type[] types;
    private readonly HashSet<MethodBase> seen = [];
    private readonly Queue<MethodBase> open = new();
    private readonly HashSet<Type> made = [];
    private bool disposes;

    private ReachableCode(IEnumerable<Assembly> inside)
    {
        assemblies = [.. inside];
        types = [.. assemblies.SelectMany(assembly => assembly.GetTypes())];
    }

    /// <summary>The methods reached, and by each the members it names.</summary>
    public static IReadOnlyDictionary<MethodBase, IReadOnlyList<IlReference>> From(IEnumerable<MethodBase> roots, params Assembly[] inside)
    {
        var code = new ReachableCode(inside);
        foreach (var root in roots)
            code.Enter(root);
        var reached = new Dictionary<MethodBase, IReadOnlyList<IlReference>>();
        while (code.open.TryDequeue(out var method))
        {
            var references = IlReader.ReferencesOf(method);
            reached.Add(method, references);
            foreach (var reference in references)
                code.Follow(reference);
        }

        return reached;
    }

    private void Follow(IlReference reference)
    {
        if (reference.Member is FieldInfo { IsStatic: true, DeclaringType: { } holder })
            EnterInitialiser(holder);
        if (reference.Member is not MethodBase method)
            return;
        Enter(method);
        if (reference.Constrained is { } receiver && OverrideOf(receiver, method) is { } own)
            Enter(own);
        if (method == DisposeMethod)
            Dispose();
        else if (method.IsVirtual && reference.Code != OpCodes.Call && method.DeclaringType != typeof(object))
            foreach (var type in types)
                if (OverrideIn(type, method) is { } found)
                    Enter(found);
    }

    private void Enter(MethodBase method)
    {
        if (method.DeclaringType is not { } type || !assemblies.Contains(type.Assembly) || !seen.Add(Definition(method)))
            return;
        open.Enqueue(Definition(method));
        EnterInitialiser(type);
        if (method is ConstructorInfo { IsStatic: false } && made.Add(Definition(type)) && disposes)
            EnterDispose(Definition(type));
        if (IsIterator(type))
            foreach (var part in Definition(type).GetMethods(Declared))
                Enter(part);
    }

    // Nothing that is handed to a pure function is disposed of by it: only what reached code makes is, such as an enumerator.
    private void Dispose()
    {
        disposes = true;
        foreach (var type in made.ToList())
            EnterDispose(type);
    }

    private void EnterDispose(Type type)
    {
        for (var holder = type; holder is not null; holder = holder.BaseType)
            if (OverrideIn(holder, DisposeMethod) is { } own)
                Enter(own);
    }

    // Whatever is enumerated may be any iterator of the assembly by its type; those nobody reached makes are not.
    private static bool IsIterator(Type type) => type.Name.Contains(">d__", StringComparison.Ordinal);

    private void EnterInitialiser(Type type)
    {
        if (assemblies.Contains(type.Assembly) && Definition(type).TypeInitializer is { } initialiser && seen.Add(initialiser))
            open.Enqueue(initialiser);
    }

    // Text, equality and hash of a value are its own type's where the call names the type; everything has them, so all are not followed.
    private static MethodInfo? OverrideOf(Type receiver, MethodBase called) =>
        receiver.GetMethods(Declared).FirstOrDefault(
            method => method.IsVirtual && method.Name == called.Name && method.GetParameters().Length == called.GetParameters().Length);

    private static MethodInfo? OverrideIn(Type type, MethodBase called)
    {
        var declaring = Definition(called.DeclaringType!);
        if (type.IsInterface || type.IsAbstract && type.IsSealed || IsIterator(type))
            return null;
        var inherits = declaring.IsInterface
            ? type.GetInterfaces().Any(one => Definition(one) == declaring)
            : type.IsSubclassOf(declaring);
        var parameters = called.GetParameters().Length;
        return inherits
            ? type.GetMethods(Declared).FirstOrDefault(
                method => method.IsVirtual && method.GetParameters().Length == parameters
                    && (method.Name == called.Name || method.Name.EndsWith($".{called.Name}", StringComparison.Ordinal)))
            : null;
    }

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    // A body belongs to the definition: all constructions of a generic method share it.
    private static MethodBase Definition(MethodBase method) =>
        method.DeclaringType is { IsConstructedGenericType: true } or { IsGenericType: true } || method.IsGenericMethod
            ? method.Module.ResolveMethod(method.MetadataToken)!
            : method;
}

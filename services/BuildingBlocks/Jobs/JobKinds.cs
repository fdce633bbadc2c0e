using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Jobs;

/// <summary>Registers kinds of long work.</summary>
public static class JobRegistration
{
    /// <summary>Registers a job as a singleton, with the runner of its database. Operations of it are served by <see cref="OperationsService{TDb}"/>.</summary>
    /// <typeparam name="TJob">The kind of work.</typeparam>
    /// <typeparam name="TDb">The database it works on.</typeparam>
    public static IServiceCollection AddJob<TJob, TDb>(this IServiceCollection services)
        where TJob : Job
        where TDb : Db
    {
        services.AddSingleton<TJob>();
        services.AddSingleton(provider => new JobOf<TDb>(provider.GetRequiredService<TJob>()));
        return services.AddJobs<TDb>();
    }

    /// <summary>Registers what runs the jobs of a database, for a process that has none of them yet. Repeating it is harmless.</summary>
    public static IServiceCollection AddJobs<TDb>(this IServiceCollection services)
        where TDb : Db
    {
        services.TryAddSingleton(new JobOptions());
        services.TryAddSingleton(MicrosecondClock.Machine);
        services.TryAddSingleton<JobSignal<TDb>>();
        services.TryAddSingleton<JobKinds<TDb>>();
        services.TryAddSingleton(provider => new Jobs<TDb>(
            provider.GetRequiredService<JobKinds<TDb>>(),
            provider.GetRequiredService<JobSignal<TDb>>(),
            provider.GetRequiredService<JobOptions>()));
        services.TryAddSingleton<JobRunner<TDb>>();
        services.TryAddSingleton<ReadOperations<TDb>>();
        services.TryAddSingleton<EndOperations<TDb>>();
        services.TryAddSingleton(provider => new OperationsService<TDb>(
            provider.GetRequiredService<ReadOperations<TDb>>(), provider.GetRequiredService<EndOperations<TDb>>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, JobRunner<TDb>>(
            provider => provider.GetRequiredService<JobRunner<TDb>>()));
        return services;
    }
}

/// <summary>A registered job of a database.</summary>
internal sealed record JobOf<TDb>(Job Job)
    where TDb : Db;

/// <summary>The kinds of work of a database.</summary>
internal sealed class JobKinds<TDb>(IEnumerable<JobOf<TDb>> jobs)
    where TDb : Db
{
    private readonly FrozenDictionary<string, Job> _byKind = jobs.ToFrozenDictionary(one => one.Job.Kind, one => one.Job, StringComparer.Ordinal);

    public Job? Find(string kind) => _byKind.GetValueOrDefault(kind);

    /// <summary>The kinds one of these roles may start.</summary>
    public IReadOnlyList<string> ReadableBy(IReadOnlySet<string> roles) =>
        [.. _byKind.Values.Where(job => job.Readers.Overlaps(roles)).Select(job => job.Kind)];
}

using Xunit.Sdk;
using Xunit.v3;

// Each class starts a whole system; two at once on a small machine would measure each other.
[assembly: Parallelization(Mode = ParallelMode.None)]

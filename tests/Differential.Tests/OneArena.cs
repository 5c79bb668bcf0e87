using Xunit.Sdk;
using Xunit.v3;

// The arena is one place of this process: two tests in it at once would map each other's memory.
[assembly: Parallelization(Mode = ParallelMode.None)]

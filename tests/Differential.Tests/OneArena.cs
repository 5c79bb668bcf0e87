// The arena is one place of this process: two tests in it at once would map each other's memory.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

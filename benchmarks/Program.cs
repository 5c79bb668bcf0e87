// In full, because a package has a namespace of this name.
return MmapAnalyzers.Benchmarks.Commands.CommandLine.Run(args);

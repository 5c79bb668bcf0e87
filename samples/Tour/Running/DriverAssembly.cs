using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using MmapAnalyzers.Runtime.Kernel;

namespace Tour.Running;

/// <summary>A compiled driver in this process, which leaves it again.</summary>
internal sealed class DriverAssembly : IDisposable
{
    private readonly AssemblyLoadContext _context = new("driver", isCollectible: true);
    private readonly Type _module;

    private DriverAssembly(Stream image) =>
        _module = _context.LoadFromStream(image).GetTypes().Single(type => !type.IsAbstract && type.IsSubclassOf(typeof(KernelModule)));

    /// <summary>Compiles and loads the driver of a project.</summary>
    /// <exception cref="InvalidOperationException">It does not compile.</exception>
    public static async Task<DriverAssembly> LoadAsync(Project project, CancellationToken cancellation)
    {
        var compilation = await project.GetCompilationAsync(cancellation);
        using var image = new MemoryStream();
        var result = compilation!.Emit(image, cancellationToken: cancellation);
        if (!result.Success)
            throw new InvalidOperationException($"The driver does not compile: {result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)}");
        image.Position = 0;
        return new DriverAssembly(image);
    }

    /// <summary>A new module, not inserted yet.</summary>
    public KernelModule CreateModule() => (KernelModule)Activator.CreateInstance(_module)!;

    public void Dispose() => _context.Unload();
}

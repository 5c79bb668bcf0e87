using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Runtime;
using Tour.Sources;

namespace Tour.Analysis;

/// <summary>Source files as a project that is compiled against the framework and the runtime.</summary>
internal sealed class DriverProject : IDisposable
{
    private const string UsingsFile = "ImplicitUsings.cs";

    /// <summary>What the SDK puts on top of every file, and the namespaces of the runtime.</summary>
    private static readonly string Usings = string.Concat(new[]
    {
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
        "MmapAnalyzers.Annotations", "MmapAnalyzers.Runtime", "MmapAnalyzers.Runtime.Hardware", "MmapAnalyzers.Runtime.Kernel",
        "MmapAnalyzers.Runtime.Memory", "MmapAnalyzers.Runtime.Vm",
    }.Select(name => $"global using {name};\n"));

    private static readonly ImmutableArray<MetadataReference> References =
        [.. Basic.Reference.Assemblies.Net100.References.All, MetadataReference.CreateFromFile(typeof(Machine).Assembly.Location)];

    private readonly AdhocWorkspace _workspace;

    private DriverProject(AdhocWorkspace workspace, Project project, IReadOnlyList<SourceFile> files)
    {
        _workspace = workspace;
        Project = project;
        Files = files;
    }

    /// <summary>The project before any repair.</summary>
    public Project Project { get; }

    /// <summary>What it was made of.</summary>
    public IReadOnlyList<SourceFile> Files { get; }

    /// <summary>Makes the project; usings that the files lack are added when they do not compile without.</summary>
    /// <param name="files">The sources.</param>
    /// <param name="configurations">The <c>.editorconfig</c> files that hold for them.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static async Task<DriverProject> CreateAsync(IReadOnlyList<SourceFile> files, IReadOnlyList<SourceFile> configurations, CancellationToken cancellation)
    {
        var workspace = new AdhocWorkspace();
        var id = ProjectId.CreateNewId();
        var parse = new CSharpParseOptions(LanguageVersion.Preview);
        var compile = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
        var solution = workspace.CurrentSolution.AddProject(ProjectInfo.Create(id, VersionStamp.Default, "Driver", "Driver", LanguageNames.CSharp, parseOptions: parse, compilationOptions: compile, metadataReferences: References));
        foreach (var file in files)
            solution = solution.AddDocument(DocumentId.CreateNewId(id), Path.GetFileName(file.Path), file.Text, filePath: file.Path);
        foreach (var configuration in configurations)
            solution = solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(id), Path.GetFileName(configuration.Path), configuration.Text, filePath: configuration.Path);
        var project = await WithProgramKindAsync(solution.GetProject(id)!, compile, cancellation);
        if ((await ErrorsAsync(project, cancellation)).Any())
            project = project.AddDocument(UsingsFile, Usings).Project;
        return new DriverProject(workspace, project, files);
    }

    /// <summary>The compiler's errors; warnings that a configuration made errors are none.</summary>
    public static async Task<ImmutableArray<Diagnostic>> ErrorsAsync(Project project, CancellationToken cancellation)
    {
        var compilation = await project.GetCompilationAsync(cancellation);
        return [.. compilation!.GetDiagnostics(cancellation).Where(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error)];
    }

    /// <summary>The file that a path of the project stands for; null for one that was added.</summary>
    public SourceFile? FileOf(string? path) => Files.FirstOrDefault(file => file.Path == path);

    public void Dispose() => _workspace.Dispose();

    private static async Task<Project> WithProgramKindAsync(Project project, CSharpCompilationOptions options, CancellationToken cancellation)
    {
        foreach (var document in project.Documents)
        {
            if (await document.GetSyntaxRootAsync(cancellation) is CompilationUnitSyntax root && root.Members.Any(SyntaxKind.GlobalStatement))
                return project.WithCompilationOptions(options.WithOutputKind(OutputKind.ConsoleApplication));
        }

        return project;
    }
}

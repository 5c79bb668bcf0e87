using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>The open files of a process by descriptor (<c>struct files_struct</c>).</summary>
internal sealed class FileTable
{
    /// <summary>Descriptors of a process at most (<c>NR_OPEN</c>).</summary>
    private const int Capacity = 256;

    private readonly List<OpenFile?> _files = [];
    private int _users = 1;

    public OpenFile? this[int descriptor] => (uint)descriptor < (uint)_files.Count ? _files[descriptor] : null;

    public bool IsFull => FreeCount == 0;

    public int FreeCount => Capacity - _files.Count(file => file is not null);

    /// <summary>Gives a file the lowest free descriptor.</summary>
    public int Add(OpenFile file)
    {
        int free = _files.IndexOf(null);
        if (free < 0)
        {
            _files.Add(file);
            return _files.Count - 1;
        }

        _files[free] = file;
        return free;
    }

    public OpenFile? Take(int descriptor)
    {
        OpenFile? file = this[descriptor];
        if (file is not null)
            _files[descriptor] = null;
        return file;
    }

    /// <summary>The table of a child: the same files, each with one descriptor more.</summary>
    public FileTable Copy()
    {
        var copy = new FileTable();
        foreach (OpenFile? file in _files)
        {
            if (file is not null)
                file.Count++;
            copy._files.Add(file);
        }

        return copy;
    }

    /// <summary>One more process uses this table.</summary>
    public FileTable Share()
    {
        _users++;
        return this;
    }

    /// <summary>One process less uses it; with the last one all files are closed.</summary>
    public void Drop()
    {
        if (--_users == 0)
            CloseAll();
    }

    /// <summary>Closes all; an oops of one must not keep the others open.</summary>
    private void CloseAll()
    {
        for (int descriptor = 0; descriptor < _files.Count; descriptor++)
        {
            try
            {
                Take(descriptor)?.Close();
            }
            catch (ProcessKilledException)
            {
            }
        }
    }

    public bool HasOpen(LoadedModule module) => _files.Exists(file => file is not null && ReferenceEquals(((IMappable)file).Module, module));
}

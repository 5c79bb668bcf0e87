// A child handle keeps its parent alive: the reference is given back when the child is released.
using System.Runtime.InteropServices;

namespace Usages.Handles;

internal sealed class StatementHandle : SafeHandle
{
    private readonly SafeHandle _database;
    private readonly bool _holdsDatabase;

    public StatementHandle(SafeHandle database)
        : base(0, ownsHandle: true)
    {
        _database = database;
        database.DangerousAddRef(ref _holdsDatabase);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        if (_holdsDatabase)
            _database.DangerousRelease();
        return true;
    }
}

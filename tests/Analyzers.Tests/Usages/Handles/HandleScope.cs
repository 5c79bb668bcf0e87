// A ref struct that holds a handle's reference for the length of a using.
using System.Runtime.InteropServices;

namespace Usages.Handles;

internal ref struct HandleScope
{
    private readonly SafeHandle _target;
    private bool _added;

    public HandleScope(SafeHandle target)
    {
        _target = target;
        target.DangerousAddRef(ref _added);
    }

    public readonly nint Value => _target.DangerousGetHandle();

    public void Dispose()
    {
        if (!_added)
            return;
        _added = false;
        _target.DangerousRelease();
    }
}

internal static class Terminal
{
    public static int Width(SafeHandle terminal, Func<nint, int> ask)
    {
        using var scope = new HandleScope(terminal);
        return ask(scope.Value);
    }
}

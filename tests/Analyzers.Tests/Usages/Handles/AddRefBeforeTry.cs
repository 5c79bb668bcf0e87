// The reference is taken before the try block: when AddRef returns, it has been taken.
using System.Runtime.InteropServices;

namespace Usages.Handles;

internal sealed class Cursor(SafeHandle statement)
{
    public bool Step(Func<nint, int> step)
    {
        bool added = false;
        statement.DangerousAddRef(ref added);
        try
        {
            return step(statement.DangerousGetHandle()) == 100;
        }
        finally
        {
            statement.DangerousRelease();
        }
    }
}

// The reference is taken before the try block: when AddRef returns, it has been taken.
using System.Runtime.InteropServices;

namespace Usages.Handles;

internal sealed class Cursor(SafeHandle statement)
{
    public bool Step()
    {
        bool added = false;
        statement.DangerousAddRef(ref added);
        try
        {
            return db_step(statement.DangerousGetHandle()) == 100;
        }
        finally
        {
            statement.DangerousRelease();
        }
    }

    [DllImport("db")]
    private static extern int db_step(nint statement);
}

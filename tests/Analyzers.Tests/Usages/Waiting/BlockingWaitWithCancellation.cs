// A synchronous wait that can be cancelled stands before the try block.
namespace Usages.Waiting;

internal sealed class Printer
{
    private readonly SemaphoreSlim _paper = new(2);

    public int Print(IEnumerable<string> pages, TextWriter output, CancellationToken cancellation)
    {
        int printed = 0;
        foreach (string page in pages)
        {
            _paper.Wait(cancellation);
            try
            {
                output.WriteLine(page);
                printed++;
            }
            finally
            {
                _paper.Release();
            }
        }

        return printed;
    }
}

// A local function and a lambda that work under the same monitor.
namespace Usages.Locks;

internal static class Parallelism
{
    public static double Max(IReadOnlyList<double> values, Func<double, double> score)
    {
        object gate = new();
        double best = double.MinValue;
        Parallel.ForEach(values, value =>
        {
            double result = score(value);
            Monitor.Enter(gate);
            try
            {
                best = Math.Max(best, result);
            }
            finally
            {
                Monitor.Exit(gate);
            }
        });
        return Read();

        double Read()
        {
            Monitor.Enter(gate);
            double found = best;
            Monitor.Exit(gate);
            return found;
        }
    }
}

// At most n downloads at a time: every lambda waits for a slot of its own.
namespace Usages.Waiting;

internal static class Downloads
{
    public static async Task<int[]> SizesAsync(IEnumerable<string> files, int parallel)
    {
        using var slots = new SemaphoreSlim(parallel);
        IEnumerable<Task<int>> tasks = files.Select(async file =>
        {
            await slots.WaitAsync();
            try
            {
                byte[] content = await File.ReadAllBytesAsync(file);
                return content.Length;
            }
            finally
            {
                slots.Release();
            }
        });
        return await Task.WhenAll(tasks);
    }
}

namespace AnalyzersConsumer;

internal sealed class ViewDriver
{
    private readonly Library _library = new();
    private readonly ViewTable _table;

    public ViewDriver()
    {
        _table = new ViewTable { Copied = OnCopied, Gone = OnGone };
        Surface = new Surface { Show = OnShow };
    }

    public Surface Surface { get; }

    public int Users => _library.Users;

    private void OnCopied(View view) => _library.Use();

    private void OnGone(View view) => _library.Drop();

    private bool OnShow(View view)
    {
        view.Table = _table;
        return true; // expect: MMAP1001
    }
}
